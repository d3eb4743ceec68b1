-- What a user meets before anything works: health, options, help, and a program that is not there.

--- The text of `:checkhealth copydesk`.
local function health()
  vim.cmd("silent checkhealth copydesk")
  local bufnr = vim.api.nvim_get_current_buf()
  T.equal(vim.bo[bufnr].filetype, "checkhealth")
  local text = T.text(bufnr)
  vim.cmd.bwipeout()
  return text
end

return {
  {
    "health tells what is well",
    function()
      T.write("newsroom/copydesk.toml", "")
      T.open("newsroom/a.txt", "The council met.\n")
      local text = health()
      T.holds(text, "OK Neovim 0.")
      T.holds(text, "bin/copydesk (copydesk ")
      T.holds(text, "runs for 1 open buffer")
      T.holds(text, "newsroom/copydesk.toml")
      T.holds(text, "today where it names none")
      T.equal(text:find("ERROR"), nil, text)
      T.equal(text:find("WARNING"), nil, text)
    end,
  },
  {
    "health tells of mistakes in the newsroom's settings",
    function()
      T.write("faulty/copydesk.toml", "pakcs = []\n")
      T.open("faulty/a.txt", "The council met.\n")
      local text = health()
      T.holds(text, "WARNING")
      T.holds(text, "did you mean `packs`?")
    end,
  },
  {
    "the newsroom's settings are read as they are written",
    function()
      vim.cmd.edit(vim.fn.fnameescape(T.write("settings/copydesk.toml", "accept = []\n")))
      local bufnr = vim.api.nvim_get_current_buf()
      T.client(bufnr)
      vim.api.nvim_buf_set_lines(bufnr, 1, 1, false, { "exclud = []" })
      local found = T.wait("a mistake", function()
        return vim.diagnostic.get(bufnr)[1]
      end)
      T.equal(found.lnum, 1)
      T.holds(found.message, "exclude")
      vim.cmd("silent undo")
      T.wait("no mistake", function()
        return #vim.diagnostic.get(bufnr) == 0
      end)
    end,
  },
  {
    "a program that is missing is told once, and health says what to do",
    function()
      require("copydesk").setup({ cmd = { "no-such-copydesk", "lsp" } })
      vim.cmd.edit(vim.fn.fnameescape(T.write("missing.txt", "The council met.\n")))
      T.message("there is no program `no-such-copydesk`")
      vim.cmd.edit(vim.fn.fnameescape(T.write("missing2.txt", "The council met.\n")))
      T.equal(#T.messages, 1, "told once")
      local text = health()
      T.holds(text, "ERROR There is no program `no-such-copydesk`")
      T.holds(text, "cargo install")
      vim.cmd("Copydesk facts")
      T.message("`:checkhealth copydesk` says what to do")
      require("copydesk").setup()
      T.client(vim.api.nvim_get_current_buf())
    end,
  },
  {
    "wrong options are named and the rest is used",
    function()
      require("copydesk").setup({ cmd = "copydesk", colour = "red", inlay_hints = true, settings = { date = "soon" } })
      T.message("there is no option `colour`")
      T.message("`cmd` must be a list of strings")
      T.message("written YYYY-MM-DD")
      local current = require("copydesk.options").current
      T.equal(current.cmd, { "copydesk", "lsp" })
      T.equal(current.inlay_hints, true)
      require("copydesk").setup()
      T.equal(require("copydesk.options").current.inlay_hints, false)
    end,
  },
  {
    "options reach the server",
    function()
      local attached
      require("copydesk").setup({
        settings = { date = "2018-02-12" },
        diagnostics = false,
        on_attach = function(_, bufnr)
          attached = bufnr
        end,
      })
      vim.cmd("Copydesk restart")
      T.message("restarted")
      local bufnr, client = T.open("options.txt", "Café 😀 row\n\nNaïve crowds came on Sunday, Mayor Dale Finch said.\n")
      T.equal(client.settings.copydesk.date, "2018-02-12")
      T.wait_marked(bufnr, "time/relative-weekday", { "3: Sunday" })
      T.equal(attached, bufnr)
      local namespace = vim.lsp.diagnostic.get_namespace(client.id)
      T.equal((vim.diagnostic.config(nil, namespace) or {}).virtual_text, nil, "the user's own way of showing is left")
      require("copydesk").setup()
    end,
  },
  {
    "Lua alone, without setup, is enough for vim.lsp.enable",
    function()
      local config = dofile(vim.api.nvim_get_runtime_file("lsp/copydesk.lua", false)[1])
      T.equal(config.cmd, { "copydesk", "lsp" })
      T.equal(config.filetypes, { "text", "markdown", "mdx", "html", "asciidoc", "rst", "org" })
      T.equal(config.root_markers, { "copydesk.toml", ".copydesk", ".git" })
      if not OLD then
        T.equal(vim.lsp.is_enabled("copydesk"), true)
      end
    end,
  },
  {
    "help has its tags, and every command and option stands in it",
    function()
      vim.cmd("helptags ALL")
      local tags = { "copydesk", "copydesk-setup", "copydesk-settings", "copydesk-health", ":Copydesk", "copydesk.setup()" }
      for _, name in ipairs({ "date", "explain", "facts", "fixall", "hints", "log", "restart" }) do
        table.insert(tags, ":Copydesk-" .. name)
      end
      for name in pairs(require("copydesk.options").defaults) do
        table.insert(tags, "copydesk-option-" .. name)
      end
      table.insert(tags, "copydesk-option-on_attach")
      for _, tag in ipairs(tags) do
        vim.cmd.help(tag)
        T.equal(vim.fs.basename(vim.api.nvim_buf_get_name(0)), "copydesk.txt", tag)
        T.holds(vim.api.nvim_get_current_line(), "*" .. tag .. "*")
      end
      for number, line in ipairs(vim.api.nvim_buf_get_lines(0, 0, -1, true)) do
        T.equal(vim.fn.strdisplaywidth(line) <= 79, true, ("line %d is too long"):format(number))
      end
      vim.cmd.helpclose()
    end,
  },
  {
    "a plugin manager that adds the folder late has its command too",
    function()
      vim.api.nvim_del_user_command("Copydesk")
      require("copydesk").setup()
      T.equal(vim.fn.exists(":Copydesk"), 2)
    end,
  },
}
