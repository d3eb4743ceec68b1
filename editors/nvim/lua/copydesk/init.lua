--- copydesk in Neovim: a copy desk for news stories. `:help copydesk` tells a user all about it.

local M = {}

--- Starts copydesk for stories. Needs no arguments; a second call replaces what the first one set.
---@param options? copydesk.Options
function M.setup(options)
  if vim.fn.has("nvim-0.10") == 0 then
    vim.notify("copydesk needs Neovim 0.10 or newer", vim.log.levels.ERROR)
    return
  end
  require("copydesk.options").set(options)
  -- A plugin manager that adds this folder late has not run `plugin/copydesk.lua`.
  require("copydesk.commands").create()
  require("copydesk.server").enable()
end

return M
