--- The fact-checker's desk: the facts of a story in a buffer in which a key ticks, kept in step with the story's text.

local server = require("copydesk.server")
local window = require("copydesk.window")

local M = {}

--- How long, in milliseconds, somebody who types has rested before the facts are asked for again.
local REST = 200

local BOXES = { checked = "[x]", open = "[ ]", changed = "[~]", wrong = "[!]", disputed = "[?]", ask = "[?]" }
local COLORS = {
  checked = "DiagnosticOk",
  changed = "DiagnosticWarn",
  wrong = "DiagnosticError",
  disputed = "DiagnosticError",
  ask = "DiagnosticError",
}
local KEYS = "x tick  w wrong  d disputed  a ask  o open  s source  n note  <CR> place  p passage  ]] [[ what needs you  q close"

local namespace = vim.api.nvim_create_namespace("copydesk.desk")

---@class copydesk.Sheet
---@field story integer The story's buffer.
---@field facts table<integer, table> The fact in each line of the sheet.

--- What is shown in each sheet, by its buffer.
---@type table<integer, copydesk.Sheet>
local sheets = {}

local say = server.say

---@param story integer
---@param method string
---@param params table
---@param use fun(answer: any)
local function ask(story, method, params, use)
  local client = server.clients(story)[1]
  if not client then
    say("no server runs for this story; `:checkhealth copydesk` says why", vim.log.levels.WARN)
    return
  end
  server.ask(client, method, params, story, use)
end

---@param text any
---@return string? text On one line, `nil` for nothing.
local function line_of(text)
  return type(text) == "string" and text ~= "" and (text:gsub("%s+", " ")) or nil
end

--- Who decided about a fact, and what else is known of it.
---@param fact table
---@return string
local function details(fact)
  local parts = {}
  for _, part in ipairs({ fact.meaning or "", fact.sum or "", type(fact.found) == "table" and fact.found.text or "" }) do
    table.insert(parts, line_of(part))
  end
  local before = line_of(fact.checkedAs)
  if before then
    table.insert(parts, "was “" .. before .. "”")
  end
  local decided = vim.trim((line_of(fact.by) or "") .. " " .. (line_of(fact.on) or ""))
  if decided ~= "" then
    table.insert(parts, decided)
  end
  for _, source in ipairs(fact.sources) do
    local at = line_of(source.at)
    table.insert(parts, source["in"] .. (at and "#" .. at or ""))
  end
  if line_of(fact.note) then
    table.insert(parts, "note: " .. line_of(fact.note))
  end
  return #parts > 0 and "  (" .. table.concat(parts, "; ") .. ")" or ""
end

--- The lines of a sheet, and the fact in each.
---@param answer table
---@return string[] lines, table<integer, table> facts
local function written(answer)
  local published = type(answer.published) == "table" and ", published " .. answer.published.date or ""
  local lines, facts = { answer.checkup.summary .. published, KEYS, "" }, {}
  for _, fact in ipairs(answer.checkup.facts) do
    local box = BOXES[fact.state] or BOXES.open
    local place = fact.places[1]
    local line = ("%5d %s %-17s %s%s"):format(
      place and place.start.line + 1 or 0,
      box,
      line_of(fact.kindName) or fact.kind,
      line_of(fact.words) or "",
      details(fact)
    )
    table.insert(lines, line)
    facts[#lines] = fact
  end
  return lines, facts
end

--- Writes an answer into a sheet. Each window's cursor stays at its fact.
---@param sheet integer
---@param answer table
local function fill(sheet, answer)
  local lines, facts = written(answer)
  local known = sheets[sheet]
  local cursors = {}
  for _, shown in ipairs(vim.fn.win_findbuf(sheet)) do
    local fact = known and known.facts[vim.api.nvim_win_get_cursor(shown)[1]]
    cursors[shown] = fact and fact.id
  end
  -- Only the lines that are others are written: so nothing flickers, and a long sheet costs a key nothing.
  local old = vim.api.nvim_buf_get_lines(sheet, 0, -1, false)
  vim.bo[sheet].modifiable = true
  if #old == #lines then
    for number, line in ipairs(lines) do
      if old[number] ~= line then
        vim.api.nvim_buf_set_lines(sheet, number - 1, number, false, { line })
      end
    end
  else
    vim.api.nvim_buf_set_lines(sheet, 0, -1, false, lines)
  end
  vim.bo[sheet].modifiable = false
  vim.api.nvim_buf_clear_namespace(sheet, namespace, 0, -1)
  vim.api.nvim_buf_set_extmark(sheet, namespace, 0, 0, { end_row = 1, end_col = 0, hl_group = "Title" })
  vim.api.nvim_buf_set_extmark(sheet, namespace, 1, 0, { end_row = 2, end_col = 0, hl_group = "Comment" })
  for number, fact in pairs(facts) do
    if COLORS[fact.state] then
      local mark = { end_col = 9, hl_group = COLORS[fact.state] }
      vim.api.nvim_buf_set_extmark(sheet, namespace, number - 1, 6, mark)
    end
  end
  if known then
    known.facts = facts
  end
  for shown, id in pairs(cursors) do
    for number, fact in pairs(facts) do
      if fact.id == id then
        vim.api.nvim_win_set_cursor(shown, { number, vim.api.nvim_win_get_cursor(shown)[2] })
      end
    end
  end
end

---@param story integer
---@param use fun(answer: table)
local function fetch(story, use)
  local params = { textDocument = vim.lsp.util.make_text_document_params(story), all = true }
  ask(story, "copydesk/facts", params, function(answer)
    if type(answer) == "table" and answer.checkup then
      use(answer)
    else
      say("this server knows no facts of this story", vim.log.levels.WARN)
    end
  end)
end

---@param sheet integer
local function refresh(sheet)
  local known = sheets[sheet]
  if known and vim.api.nvim_buf_is_valid(sheet) and vim.api.nvim_buf_is_loaded(known.story) then
    fetch(known.story, function(answer)
      if vim.api.nvim_buf_is_valid(sheet) then
        fill(sheet, answer)
      end
    end)
  end
end

--- The facts in these lines; in that of the cursor without them.
---@param sheet integer
---@param first? integer
---@param last? integer
---@return table[]
local function chosen(sheet, first, last)
  first = first or vim.api.nvim_win_get_cursor(0)[1]
  local facts = {}
  for number = first, last or first do
    table.insert(facts, sheets[sheet].facts[number])
  end
  return facts
end

---@param sheet integer
---@param facts table[]
---@param decided table
local function mark(sheet, facts, decided)
  if #facts == 0 then
    return
  end
  local story = sheets[sheet].story
  local argument = vim.tbl_extend("error", decided, {
    uri = vim.uri_from_bufnr(story),
    facts = vim.tbl_map(function(fact)
      return fact.id
    end, facts),
  })
  ask(story, "workspace/executeCommand", { command = "copydesk.markFacts", arguments = { argument } }, function()
    refresh(sheet)
  end)
end

--- Ticks facts; takes the ticks off where all of them have one.
---@param sheet integer
---@param facts table[]
local function toggle(sheet, facts)
  local all = vim.iter(facts):all(function(fact)
    return fact.state == "checked"
  end)
  mark(sheet, facts, { state = all and "open" or "checked" })
end

---@param sheet integer
---@param prompt string
---@param default string
---@param use fun(answer: string, facts: table[])
local function input(sheet, prompt, default, use)
  local facts = chosen(sheet)
  if #facts > 0 then
    vim.ui.input({ prompt = prompt, default = default }, function(answer)
      if answer and vim.trim(answer) ~= "" then
        use(vim.trim(answer), facts)
      end
    end)
  end
end

--- Goes to a place of the story, in a window that shows it where there is one.
---@param story integer
---@param place lsp.Range
local function go_to(story, place)
  local shown = vim.fn.win_findbuf(story)[1]
  if shown then
    vim.api.nvim_set_current_win(shown)
  else
    vim.cmd({ cmd = "sbuffer", args = { tostring(story) } })
  end
  local client = server.clients(story)[1]
  local location = { uri = vim.uri_from_bufnr(story), range = place }
  vim.lsp.util.show_document(location, client and client.offset_encoding or "utf-16", { focus = true })
end

---@param sheet integer
local function place(sheet)
  local fact = chosen(sheet)[1]
  if fact and fact.places[1] then
    go_to(sheets[sheet].story, fact.places[1])
  end
end

--- Goes to the passage of the source that the fact at the cursor rests on.
---@param sheet integer
local function passage(sheet)
  local fact, story = chosen(sheet)[1], sheets[sheet].story
  if not fact or not fact.places[1] then
    return
  end
  local params = { textDocument = vim.lsp.util.make_text_document_params(story), position = fact.places[1].start }
  local function show(found)
    local locations = type(found) ~= "table" and {} or found.uri and { found } or found
    local away = vim.iter(locations):find(function(location)
      return (location.uri or location.targetUri) ~= params.textDocument.uri
    end)
    if not away then
      -- Pages and cells are no lines, so no editor goes there; what stands there is told all the same.
      local text = type(fact.found) == "table" and line_of(fact.found.text)
      say(text and text .. "; open that file by itself" or "these words stand in none of the story’s sources")
      return
    end
    vim.cmd.split()
    local client = server.clients(story)[1]
    vim.lsp.util.show_document(away, client and client.offset_encoding or "utf-16", { focus = true })
  end
  -- Whoever asks for a source checks the story, whether or not it has a ledger by now.
  local check = { command = "copydesk.checkFacts", arguments = { { uri = params.textDocument.uri } } }
  ask(story, "workspace/executeCommand", check, function()
    ask(story, "textDocument/definition", params, show)
  end)
end

--- Goes to the next fact that needs somebody, or to the one before.
---@param sheet integer
---@param by integer
local function step(sheet, by)
  local facts = sheets[sheet].facts
  local number = vim.api.nvim_win_get_cursor(0)[1] + by
  while number >= 1 and number <= vim.api.nvim_buf_line_count(sheet) do
    if facts[number] and facts[number].state ~= "checked" then
      vim.api.nvim_win_set_cursor(0, { number, 0 })
      return
    end
    number = number + by
  end
end

---@param sheet integer
local function set_keys(sheet)
  local function key(lhs, desc, run, mode)
    vim.keymap.set(mode or "n", lhs, run, { buffer = sheet, nowait = true, desc = desc })
  end
  for lhs, state in pairs({ w = "wrong", d = "disputed", a = "ask", o = "open" }) do
    key(lhs, "Mark this fact: " .. state, function()
      mark(sheet, chosen(sheet), { state = state })
    end)
  end
  for _, lhs in ipairs({ "x", "<Space>" }) do
    key(lhs, "Tick this fact, or take its tick off", function()
      toggle(sheet, chosen(sheet))
    end)
  end
  key("x", "Tick these facts, or take their ticks off", function()
    local one, other = vim.fn.line("v"), vim.fn.line(".")
    vim.api.nvim_feedkeys(vim.keycode("<Esc>"), "nx", false)
    toggle(sheet, chosen(sheet, math.min(one, other), math.max(one, other)))
  end, "x")
  key("s", "Add a source to this fact", function()
    input(sheet, "Source, and where in it (budget.xlsx#B7): ", "", function(source, facts)
      mark(sheet, facts, { sources = { source } })
    end)
  end)
  key("n", "Write a note about this fact", function()
    local fact = chosen(sheet)[1]
    input(sheet, "Note: ", fact and line_of(fact.note) or "", function(note, facts)
      mark(sheet, facts, { note = note })
    end)
  end)
  key("<CR>", "Go to this fact in the story", function()
    place(sheet)
  end)
  key("p", "Go to the passage in the source", function()
    passage(sheet)
  end)
  key("]]", "Next fact that needs somebody", function()
    step(sheet, 1)
  end)
  key("[[", "Fact before that needs somebody", function()
    step(sheet, -1)
  end)
end

--- Keeps the sheet true while the story is edited, and while others write into its ledger.
---@param sheet integer
---@param story integer
local function follow(sheet, story)
  local group = vim.api.nvim_create_augroup("copydesk.desk." .. sheet, { clear = true })
  local timer = assert(vim.uv.new_timer())
  local function soon()
    timer:stop()
    timer:start(REST, 0, vim.schedule_wrap(function()
      refresh(sheet)
    end))
  end
  vim.api.nvim_create_autocmd({ "TextChanged", "TextChangedI", "BufWritePost" }, { group = group, buffer = story, callback = soon })
  vim.api.nvim_create_autocmd({ "BufEnter", "FocusGained", "CursorHold" }, { group = group, buffer = sheet, callback = soon })
  vim.api.nvim_create_autocmd("BufWipeout", {
    group = group,
    buffer = sheet,
    callback = function()
      timer:stop()
      timer:close()
      sheets[sheet] = nil
      pcall(vim.api.nvim_del_augroup_by_id, group)
    end,
  })
end

--- Shows the facts of a story.
---@param story integer
---@param context { name: string, mods?: vim.api.keyset.cmd.mods }
function M.show(story, context)
  fetch(story, function(answer)
    local lines, facts = written(answer)
    local page = { name = "facts/" .. context.name, lines = lines, filetype = "copydesk-facts", mods = context.mods }
    local sheet = window.show(page)
    local is_new = sheets[sheet] == nil
    sheets[sheet] = { story = story, facts = facts }
    fill(sheet, answer)
    vim.wo.wrap = false
    vim.wo.cursorline = true
    if is_new then
      set_keys(sheet)
      follow(sheet, story)
      pcall(vim.api.nvim_win_set_cursor, 0, { 4, 0 })
    end
  end)
end

return M
