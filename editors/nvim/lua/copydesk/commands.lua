--- `:Copydesk`, and the functions behind it.

local desk = require("copydesk.desk")
local options = require("copydesk.options")
local server = require("copydesk.server")
local window = require("copydesk.window")

local M = {}

--- The kind of code action that makes every safe fix.
local FIX_ALL = "source.fixAll.copydesk"

--- How long, in milliseconds, the program may take for one answer.
local PATIENCE = 30000

local say = server.say

--- The folder in which the program looks for the newsroom's settings for a buffer.
---@param bufnr integer
---@return string
local function folder_of(bufnr)
  local name = vim.api.nvim_buf_get_name(bufnr)
  local folder = name ~= "" and vim.bo[bufnr].buftype == "" and vim.fs.dirname(name) or nil
  return folder and vim.fn.isdirectory(folder) == 1 and folder or assert(vim.uv.cwd())
end

--- Runs the program and gives what it wrote to `use`; says what went wrong.
---@param arguments string[]
---@param run { cwd: string, stdin?: string }
---@param use fun(lines: string[])
local function run(arguments, run, use)
  local program = server.program()
  if vim.fn.executable(program) == 0 then
    say(("there is no program `%s`; `:checkhealth copydesk` says what to do"):format(program), vim.log.levels.ERROR)
    return
  end
  local command = vim.list_extend({ program }, arguments)
  vim.system(command, { cwd = run.cwd, stdin = run.stdin, text = true, timeout = PATIENCE }, function(result)
    vim.schedule(function()
      if result.code ~= 0 then
        local reason = vim.trim(result.stderr or "")
        say(reason ~= "" and reason or ("`%s` failed"):format(table.concat(command, " ")), vim.log.levels.ERROR)
      end
      -- A mistake in the newsroom's settings is told, and does not keep the answer back.
      if vim.trim(result.stdout or "") == "" then
        return
      end
      use(vim.split(vim.trim(result.stdout), "\n", { plain = true }))
    end)
  end)
end

--- A name with an ending that tells the format, for a buffer that has none.
---@param bufnr integer
---@return string
local function name_of(bufnr)
  local name = vim.api.nvim_buf_get_name(bufnr)
  if name ~= "" then
    return name
  end
  local endings = { markdown = "md", html = "html" }
  return "story." .. (endings[vim.bo[bufnr].filetype] or "txt")
end

--- Shows the facts of a story, as its text stands in the buffer, to be ticked. Without a server for it, what the program
--- prints: then `<CR>` on a fact goes to its line, and nothing can be ticked.
---@param context? { bufnr?: integer, mods?: vim.api.keyset.cmd.mods }
function M.facts(context)
  context = context or {}
  local bufnr = context.bufnr or vim.api.nvim_get_current_buf()
  if vim.bo[bufnr].buftype ~= "" then
    say("this window shows no story", vim.log.levels.WARN)
    return
  end
  local name = name_of(bufnr)
  if server.clients(bufnr)[1] then
    desk.show(bufnr, { name = vim.fs.basename(name), mods = context.mods })
    return
  end
  local arguments = { "facts", "-", "--stdin-filename", name }
  local settings = options.current.settings or {}
  if settings.date then
    vim.list_extend(arguments, { "--date", settings.date })
  elseif settings.today ~= false then
    table.insert(arguments, "--today")
  end
  local text = table.concat(vim.api.nvim_buf_get_lines(bufnr, 0, -1, false), "\n") .. "\n"
  run(arguments, { cwd = folder_of(bufnr), stdin = text }, function(lines)
    local sheet = window.show({
      name = "facts/" .. vim.fs.basename(name),
      lines = lines,
      filetype = "copydesk-facts",
      mods = context.mods,
    })
    vim.wo.wrap = false
    vim.keymap.set("n", "<CR>", function()
      local line = tonumber(vim.api.nvim_get_current_line():match("^%s*(%d+)%s"))
      if line and vim.api.nvim_buf_is_valid(bufnr) then
        M.go_to(bufnr, line)
      end
    end, { buffer = sheet, desc = "Go to this fact in the story" })
  end)
end

--- Goes to a line of a buffer, in a window that shows it where there is one.
---@param bufnr integer
---@param line integer 1-based.
function M.go_to(bufnr, line)
  local shown = vim.fn.win_findbuf(bufnr)[1]
  if shown then
    vim.api.nvim_set_current_win(shown)
  else
    vim.cmd({ cmd = "sbuffer", args = { tostring(bufnr) } })
  end
  vim.api.nvim_win_set_cursor(0, { math.min(line, vim.api.nvim_buf_line_count(bufnr)), 0 })
end

--- The rule of the finding under the cursor, or of the nearest one in its line.
---@return string?
local function rule_under_cursor()
  local position = vim.api.nvim_win_get_cursor(0)
  local line, column = position[1] - 1, position[2]
  local best, distance
  for _, finding in ipairs(vim.diagnostic.get(0, { lnum = line })) do
    if finding.source == server.name and type(finding.code) == "string" then
      local past = (finding.end_lnum or line) > line and math.huge or (finding.end_col or finding.col)
      local away = math.max(finding.col - column, column - past + 1, 0)
      if not distance or away < distance then
        best, distance = finding.code, away
      end
    end
  end
  return best
end

--- Explains a rule: what it finds, why it matters, how to fix it.
---@param id? string Without it, the rule of the finding under the cursor.
---@param context? { mods?: vim.api.keyset.cmd.mods }
function M.explain(id, context)
  id = id or rule_under_cursor()
  if not id then
    say("there is no finding in this line; name a rule: `:Copydesk explain RULE`", vim.log.levels.WARN)
    return
  end
  run({ "explain", id }, { cwd = folder_of(0) }, function(lines)
    window.show({ name = "rule/" .. id, lines = lines, filetype = "markdown", mods = (context or {}).mods })
  end)
end

--- Sets the publication date of all open stories.
---@param date? string YYYY-MM-DD, `today`, or `none` to read it from each story again. Without it, asks.
function M.date(date)
  if not date then
    local default = options.current.settings.date or tostring(os.date("%Y-%m-%d"))
    vim.ui.input({ prompt = "Publication date (YYYY-MM-DD, or none): ", default = default }, function(answer)
      if answer and answer ~= "" then
        M.date(vim.trim(answer))
      end
    end)
    return
  end
  if date == "today" then
    date = tostring(os.date("%Y-%m-%d"))
  end
  if date ~= "none" and not options.is_date(date) then
    say(("`%s` is not a date; write it like 2018-02-12"):format(date), vim.log.levels.ERROR)
    return
  end
  options.current.settings.date = date ~= "none" and date or nil
  server.push_settings()
  say(date == "none" and "each story's own publication date" or "publication date " .. date)
end

--- Applies an action that fixes everything, and says how much that was.
---@param client vim.lsp.Client
---@param action lsp.CodeAction
local function make(client, action)
  local made = 0
  for _, change in ipairs(action.edit.documentChanges or {}) do
    made = made + #(change.edits or {})
  end
  for _, edits in pairs(action.edit.changes or {}) do
    made = made + #edits
  end
  vim.lsp.util.apply_workspace_edit(action.edit, client.offset_encoding)
  say(("made %d safe %s"):format(made, made == 1 and "fix" or "fixes"))
end

--- Makes every safe fix of a story; never one inside a quote.
---@param bufnr? integer
function M.fix_all(bufnr)
  bufnr = bufnr or vim.api.nvim_get_current_buf()
  local client = server.clients(bufnr)[1]
  if not client then
    say("no server runs for this buffer; `:checkhealth copydesk` says why", vim.log.levels.WARN)
    return
  end
  if not server.supports(client, "textDocument/codeAction") then
    say("this version of the server offers no fixes", vim.log.levels.WARN)
    return
  end
  local start = { line = 0, character = 0 }
  local params = {
    textDocument = vim.lsp.util.make_text_document_params(bufnr),
    range = { start = start, ["end"] = { line = vim.api.nvim_buf_line_count(bufnr), character = 0 } },
    context = { diagnostics = {}, only = { FIX_ALL } },
  }
  server.ask(client, "textDocument/codeAction", params, bufnr, function(actions)
    local action = vim.iter(actions or {}):find(function(offered)
      return offered.kind == FIX_ALL
    end)
    if not action then
      say("nothing can be fixed safely without asking")
    elseif action.edit then
      make(client, action)
    else
      server.ask(client, "codeAction/resolve", action, bufnr, function(resolved)
        make(client, resolved)
      end)
    end
  end)
end

--- Shows or hides inlay hints in a buffer.
---@param bufnr? integer
function M.hints(bufnr)
  bufnr = bufnr or vim.api.nvim_get_current_buf()
  local on = not vim.lsp.inlay_hint.is_enabled({ bufnr = bufnr })
  vim.lsp.inlay_hint.enable(on, { bufnr = bufnr })
  say(on and "hints are shown" or "hints are hidden")
end

--- The ids of all rules, by the folder whose settings decide about them.
---@type table<string, string[]>
local rules_of = {}

--- Ends the server and starts it anew.
function M.restart()
  rules_of = {}
  server.restart(function()
    say("restarted")
  end)
end

--- Opens Neovim's log of language servers, at its end.
---@param context? { mods?: vim.api.keyset.cmd.mods }
function M.log(context)
  local path = vim.lsp.log.get_filename and vim.lsp.log.get_filename() or vim.lsp.get_log_path()
  vim.cmd({ cmd = "split", args = { vim.fn.fnameescape(path) }, mods = (context or {}).mods })
  vim.bo.autoread = true
  vim.cmd("normal! G")
end

--- The ids of all rules in the packs in use; for completion, so silent about trouble.
---@return string[]
local function rules()
  local folder = folder_of(0)
  if not rules_of[folder] and vim.fn.executable(server.program()) == 1 then
    local result = vim.system({ server.program(), "rules" }, { cwd = folder, text = true, timeout = PATIENCE }):wait()
    local ids = {}
    for id in (result.stdout or ""):gmatch("[^\n]+") do
      table.insert(ids, id:match("^(%S+/%S+)%s"))
    end
    if #ids > 0 then
      table.sort(ids)
      rules_of[folder] = ids
    end
  end
  return rules_of[folder] or {}
end

--- Days around today, and the words that stand for one.
---@return string[]
local function days()
  local list = { "none", "today" }
  for ahead = -3, 3 do
    table.insert(list, os.date("%Y-%m-%d", os.time() + ahead * 24 * 60 * 60))
  end
  return list
end

---@class copydesk.Command
---@field run fun(argument?: string, context: { mods: vim.api.keyset.cmd.mods })
---@field complete? fun(): string[]

---@type table<string, copydesk.Command>
local subcommands = {
  facts = {
    run = function(_, context)
      M.facts(context)
    end,
  },
  explain = { run = M.explain, complete = rules },
  date = {
    run = function(argument)
      M.date(argument)
    end,
    complete = days,
  },
  fixall = {
    run = function()
      M.fix_all()
    end,
  },
  hints = {
    run = function()
      M.hints()
    end,
  },
  restart = {
    run = function()
      M.restart()
    end,
  },
  log = {
    run = function(_, context)
      M.log(context)
    end,
  },
}

---@param line string The command line up to the cursor.
---@return string[]
local function complete(line)
  local words = vim.split(line:gsub("^.-Copydesk%s+", "", 1), "%s+")
  local given, candidates = words[#words], {}
  if #words == 1 then
    candidates = vim.tbl_keys(subcommands)
    table.sort(candidates)
  elseif #words == 2 and subcommands[words[1]] and subcommands[words[1]].complete then
    candidates = subcommands[words[1]].complete()
  end
  return vim.tbl_filter(function(candidate)
    return vim.startswith(candidate, given)
  end, candidates)
end

--- Defines `:Copydesk`.
function M.create()
  vim.api.nvim_create_user_command("Copydesk", function(call)
    local name, argument = call.fargs[1], call.fargs[2]
    local subcommand = subcommands[name]
    local known = table.concat(vim.fn.sort(vim.tbl_keys(subcommands)), ", ")
    if not subcommand then
      say(("there is no `:Copydesk %s`; there are %s"):format(name, known), vim.log.levels.ERROR)
    elseif #call.fargs > 2 or (argument and not subcommand.complete) then
      say(("too many words after `:Copydesk %s`"):format(name), vim.log.levels.ERROR)
    else
      subcommand.run(argument, { mods = call.smods })
    end
  end, {
    nargs = "+",
    desc = "copydesk: fact sheet, rules, publication date, fixes, server",
    complete = function(_, line, position)
      return complete(line:sub(1, position))
    end,
  })
end

return M
