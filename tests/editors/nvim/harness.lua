-- Run inside Neovim by run.sh: runs the tests of the file $TEST, and ends Neovim with a status that tells.
--
-- A test waits for what it expects, never for time to pass; what did not come in a generous time is said in full.

local LIMIT = 30000

T = { work = assert(vim.env.WORK) }

--- What was notified since the test began.
T.messages = {}

vim.notify = function(message)
  table.insert(T.messages, message)
end
vim.opt.swapfile = false
vim.opt.more = false

local function shown(value)
  return type(value) == "string" and value or vim.inspect(value)
end

--- Waits until `condition()` gives something true, and returns that.
function T.wait(expected, condition, state)
  local got
  local arrived = vim.wait(LIMIT, function()
    got = condition()
    return got and true or false
  end, 10)
  if not arrived then
    local seen = state and ("\nthere was: " .. shown(state())) or ""
    local said = #T.messages > 0 and ("\nmessages: " .. shown(T.messages)) or ""
    error(("waited %d s for: %s%s%s"):format(LIMIT / 1000, expected, seen, said), 2)
  end
  return got
end

function T.equal(got, expected, what)
  if not vim.deep_equal(got, expected) then
    error(("%s\nexpected: %s\ngot: %s"):format(what or "not equal", shown(expected), shown(got)), 2)
  end
end

--- Fails unless `text` holds `part`, a plain string.
function T.holds(text, part)
  if not text:find(part, 1, true) then
    error(("expected %q in:\n%s"):format(part, text), 2)
  end
end

--- Waits for a message that holds `part`.
function T.message(part)
  return T.wait("a message with " .. part, function()
    return vim.iter(T.messages):find(function(message)
      return message:find(part, 1, true) ~= nil
    end)
  end)
end

function T.write(name, text)
  local path = vim.fs.joinpath(T.work, name)
  vim.fn.mkdir(vim.fs.dirname(path), "p")
  local file = assert(io.open(path, "w"))
  file:write(text)
  file:close()
  return path
end

function T.client(bufnr)
  return T.wait("the server at the buffer", function()
    local client = vim.lsp.get_clients({ name = "copydesk", bufnr = bufnr })[1]
    return client and client.initialized and client
  end, function()
    return vim.lsp.get_clients()
  end)
end

--- Writes a story, opens it as a user would and waits for the server.
function T.open(name, text)
  local path = T.write(name, text)
  vim.cmd.edit(vim.fn.fnameescape(path))
  local bufnr = vim.api.nvim_get_current_buf()
  return bufnr, T.client(bufnr)
end

function T.line(bufnr, number)
  return vim.api.nvim_buf_get_lines(bufnr, number - 1, number, true)[1]
end

--- The findings of a rule as the words they mark, in the order of the text.
function T.marked(bufnr, rule)
  local found = vim.tbl_filter(function(finding)
    return finding.code == rule
  end, vim.diagnostic.get(bufnr))
  table.sort(found, function(a, b)
    return a.lnum < b.lnum or (a.lnum == b.lnum and a.col < b.col)
  end)
  return vim.tbl_map(function(finding)
    local words = vim.api.nvim_buf_get_text(bufnr, finding.lnum, finding.col, finding.end_lnum, finding.end_col, {})
    return ("%d: %s"):format(finding.lnum + 1, table.concat(words, " "))
  end, found), found
end

--- Waits until the findings of a rule mark exactly these words: `LINE: WORDS`.
function T.wait_marked(bufnr, rule, expected)
  T.wait(rule .. " at " .. shown(expected), function()
    return vim.deep_equal((T.marked(bufnr, rule)), expected)
  end, function()
    return vim.tbl_map(function(finding)
      return ("%d:%d %s %s"):format(finding.lnum + 1, finding.col, finding.code, finding.message)
    end, vim.diagnostic.get(bufnr))
  end)
  return select(2, T.marked(bufnr, rule))
end

--- Puts the cursor on the first `words` in a line.
function T.cursor(number, words)
  local column = assert(T.line(0, number):find(words, 1, true), words) - 1
  vim.api.nvim_win_set_cursor(0, { number, column })
end

--- Types keys as a user does, mappings and all.
function T.type(keys)
  vim.api.nvim_feedkeys(vim.api.nvim_replace_termcodes(keys, true, true, true), "mx", false)
end

--- Opens the menu of code actions, and takes the one whose title starts like `title`; gives all titles.
function T.choose(title)
  local titles
  local select = vim.ui.select
  vim.ui.select = function(items, options, choose)
    titles = vim.tbl_map(options.format_item, items)
    local picked = vim.iter(items):find(function(item)
      return vim.startswith(item.action.title, title)
    end)
    choose(picked)
  end
  -- A lone action would be made without the menu where `apply` is set; it is not, so there is always one.
  vim.lsp.buf.code_action()
  T.wait("a menu of code actions", function()
    return titles
  end)
  vim.ui.select = select
  return table.concat(titles, "\n")
end

--- The text of a page that copydesk shows.
function T.page(name)
  return T.wait("the page " .. name, function()
    local bufnr = vim.api.nvim_get_current_buf()
    return vim.api.nvim_buf_get_name(bufnr) == "copydesk://" .. name and bufnr
  end, function()
    return vim.api.nvim_buf_get_name(0)
  end)
end

function T.text(bufnr)
  return table.concat(vim.api.nvim_buf_get_lines(bufnr, 0, -1, false), "\n")
end

local function run()
  local failed = 0
  local tests = dofile(assert(vim.env.TEST))
  for _, test in ipairs(tests) do
    T.messages = {}
    local start = vim.uv.now()
    local ok, problem = xpcall(test[2], debug.traceback)
    if not ok then
      failed = failed + 1
      io.stdout:write(("FAILED: %s\n%s\n"):format(test[1], problem))
    elseif vim.env.VERBOSE then
      io.stdout:write(("ok: %s (%d ms)\n"):format(test[1], vim.uv.now() - start))
    end
    vim.cmd("silent! only!")
    vim.cmd("silent! %bwipeout!")
  end
  return failed
end

vim.schedule(function()
  local ok, failed = xpcall(run, debug.traceback)
  if not ok then
    io.stdout:write(failed .. "\n")
  end
  vim.cmd((ok and failed == 0) and "qall!" or "cquit 1")
end)
