--- Showing text that is nobody's file.

local M = {}

---@class copydesk.Page
---@field name string What the page is about; a page of the same name is shown in its old window.
---@field lines string[]
---@field filetype string
---@field mods? vim.api.keyset.cmd.mods Where the window goes: `:vertical`, `:tab` …

---@param bufnr integer
---@return integer? window A window of this tab page that shows the buffer.
local function window_of(bufnr)
  return vim.iter(vim.api.nvim_tabpage_list_wins(0)):find(function(window)
    return vim.api.nvim_win_get_buf(window) == bufnr
  end)
end

--- Shows a page in a window of its own; `q` closes it.
---@param page copydesk.Page
---@return integer bufnr
function M.show(page)
  local name = "copydesk://" .. page.name
  local bufnr = vim.iter(vim.api.nvim_list_bufs()):find(function(candidate)
    return vim.api.nvim_buf_get_name(candidate) == name
  end)
  if not bufnr then
    bufnr = vim.api.nvim_create_buf(false, true)
    vim.api.nvim_buf_set_name(bufnr, name)
    vim.bo[bufnr].bufhidden = "wipe"
    vim.keymap.set("n", "q", "<Cmd>close<CR>", { buffer = bufnr, nowait = true, desc = "Close this page" })
  end
  vim.bo[bufnr].modifiable = true
  vim.api.nvim_buf_set_lines(bufnr, 0, -1, false, page.lines)
  vim.bo[bufnr].modifiable = false
  local window = window_of(bufnr)
  if window then
    vim.api.nvim_set_current_win(window)
  else
    vim.cmd({ cmd = "sbuffer", args = { tostring(bufnr) }, mods = page.mods })
  end
  if vim.bo[bufnr].filetype ~= page.filetype then
    vim.bo[bufnr].filetype = page.filetype
  end
  return bufnr
end

return M
