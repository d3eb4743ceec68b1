-- Neovim 0.11 and newer find the server here, so `vim.lsp.enable("copydesk")` works without `setup()` too.
return require("copydesk.server").config()
