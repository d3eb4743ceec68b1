--- What a user can set, what holds without it, and the settings that the server is told.

---@class copydesk.Settings What the server understands; see `:help copydesk-settings`.
---@field date? string The publication date of every open story, as YYYY-MM-DD.
---@field today? boolean Read a story that names no publication date as one that is published today.
---@field inlayHints? boolean Answer when Neovim asks for inlay hints; whether it asks is `inlay_hints`.
---@field codeLens? boolean Answer when Neovim asks for code lenses.
---@field workspaceDiagnostics? boolean Answer when Neovim asks for the findings of all stories in the folder.
---@field languages? table<string, "plain"|"markdown"|"mdx"|"html"|"asciidoc"|"rst"|"org"> More filetypes that hold stories, with their formats.
---@field show? "hint"|"query"|"warning"|"error" The lowest severity that is shown.
---@field checkOn? "type"|"save" When new findings are shown.

---@class copydesk.Options What `setup()` takes; every field may be left out.
---@field cmd? string[] The program and its arguments.
---@field filetypes? string[] The filetypes that hold stories.
---@field root_markers? string[] Files and folders that mark the newsroom's folder, the most telling first.
---@field settings? copydesk.Settings Settings for the server.
---@field inlay_hints? boolean Show what relative dates stand for, and who says a quote, inside the text.
---@field diagnostics? vim.diagnostic.Opts|false How findings are shown; `false` leaves it to `vim.diagnostic.config()`.
---@field on_attach? fun(client: vim.lsp.Client, bufnr: integer) Called for each story and settings file that the server takes.

local M = {}

---@type copydesk.Options
M.defaults = {
  cmd = { "copydesk", "lsp" },
  filetypes = { "text", "markdown", "mdx", "html", "asciidoc", "rst", "org" },
  root_markers = { "copydesk.toml", ".copydesk", ".git" },
  settings = { today = true, inlayHints = true, codeLens = true },
  inlay_hints = false,
  diagnostics = {
    severity_sort = true,
    -- A query or a hint is no reason to write beside someone's sentence; both are underlined and have their float.
    virtual_text = { severity = { min = vim.diagnostic.severity.WARN } },
  },
}

--- What holds now.
---@type copydesk.Options
M.current = vim.deepcopy(M.defaults)

---@param list any
---@return boolean
local function is_list_of_strings(list)
  if type(list) ~= "table" or #list == 0 then
    return false
  end
  return vim.iter(list):all(function(item)
    return type(item) == "string"
  end)
end

--- What each option must be: a test and the words for it.
---@type table<string, { [1]: (fun(value: any): boolean), [2]: string }>
local expected = {
  cmd = { is_list_of_strings, "a list of strings" },
  filetypes = { is_list_of_strings, "a list of strings" },
  root_markers = { is_list_of_strings, "a list of strings" },
  settings = {
    function(value)
      return type(value) == "table" and (value.date == nil or M.is_date(value.date))
    end,
    "a table, whose `date` is written YYYY-MM-DD",
  },
  inlay_hints = {
    function(value)
      return type(value) == "boolean"
    end,
    "true or false",
  },
  diagnostics = {
    function(value)
      return value == false or type(value) == "table"
    end,
    "a table or false",
  },
  on_attach = { vim.is_callable, "a function" },
}

--- What is wrong with some options, one line each; empty when nothing is.
---@param options table<string, any>
---@return string[]
function M.problems(options)
  local problems = {}
  for name, value in vim.spairs(options) do
    local rule = expected[name]
    if not rule then
      table.insert(problems, ("there is no option `%s`"):format(name))
    elseif not rule[1](value) then
      table.insert(problems, ("`%s` must be %s"):format(name, rule[2]))
    end
  end
  return problems
end

--- Takes over what a user wants. Options that are wrong are named and left at their defaults; the rest is used.
---@param options? copydesk.Options
function M.set(options)
  options = options or {}
  local problems = M.problems(options)
  local good = {}
  for name, value in pairs(options) do
    if expected[name] and expected[name][1](value) then
      good[name] = value
    end
  end
  M.current = vim.tbl_deep_extend("force", vim.deepcopy(M.defaults), good)
  if #problems > 0 then
    vim.notify("copydesk.setup(): " .. table.concat(problems, "; "), vim.log.levels.WARN)
  end
end

--- Whether `text` is a day that exists, written YYYY-MM-DD.
---@param text any
---@return boolean
function M.is_date(text)
  if type(text) ~= "string" then
    return false
  end
  local year, month, day = text:match("^(%d%d%d%d)-(%d%d)-(%d%d)$")
  if not year then
    return false
  end
  -- os.time() carries what is too much into the next month; a day that exists comes back unchanged. Noon is on the same
  -- day whatever the clocks do.
  local time = os.time({ year = tonumber(year), month = tonumber(month), day = tonumber(day), hour = 12 })
  return time ~= nil and os.date("%Y-%m-%d", time) == text
end

--- The settings as the server gets them, in their section.
---@return { copydesk: copydesk.Settings }
function M.section()
  local settings = vim.deepcopy(M.current.settings)
  -- An empty Lua table would become a JSON list, and the server expects an object.
  if settings.languages and next(settings.languages) == nil then
    settings.languages = nil
  end
  return { copydesk = settings }
end

return M
