-- `:Copydesk facts`: the buffer in which facts are ticked.

local STORY = [[
---
sources: hearing.srt
---
# Ferry Stays

Café 😀: the board voted to spend $4.2 million on it.

“We keep the ferry, and we pay for it ourselves,” Ana Ruiz said.
]]

local CUE = "1\n00:14:05,000 --> 00:14:09,000\nRUIZ: We keep the ferry, and we pay for it ourselves.\n"

--- Opens a story, and its desk in front of it.
local function open(name)
  T.write("hearing.srt", CUE)
  vim.fn.system({ "git", "init", "-q", T.work })
  vim.fn.system({ "git", "-C", T.work, "config", "user.name", "Bo Lind" })
  local story = T.open(name, STORY)
  vim.cmd("Copydesk facts")
  return story, T.page("facts/" .. name)
end

--- Waits until the line with `words` holds `part`.
local function wait_line(sheet, words, part)
  return T.wait(words .. " with " .. part, function()
    return vim.iter(vim.api.nvim_buf_get_lines(sheet, 3, -1, false)):find(function(line)
      return line:find(words, 1, true) and line:find(part, 1, true)
    end)
  end, function()
    return T.text(sheet)
  end)
end

local function to(words)
  T.equal(vim.fn.search(words, "w") > 0, true, words)
end

return {
  {
    "a key ticks, disputes, takes a source, and the ledger has it",
    function()
      local _, sheet = open("desk.md")
      wait_line(sheet, "$4.2 million", "[ ]")
      to("\\$4.2 million")
      T.type("x")
      wait_line(sheet, "$4.2 million", "[x]")
      wait_line(sheet, "$4.2 million", "Bo Lind")
      T.holds(T.line(sheet, 1), "1 of ")
      T.holds(vim.api.nvim_get_current_line(), "$4.2 million")
      vim.ui.input = function(_, answer)
        answer("budget.xlsx#B7")
      end
      T.type("s")
      T.holds(wait_line(sheet, "$4.2 million", "budget.xlsx#B7"), "[x]")
      local ledger = T.wait("the ledger", function()
        local file = io.open(vim.fs.joinpath(T.work, "desk.md.facts.toml"))
        return file and file:read("a")
      end)
      T.holds(ledger, 'state = "checked"')
      T.holds(ledger, "budget.xlsx")
      T.type("d")
      wait_line(sheet, "$4.2 million", "[?]")
      T.type("o")
      wait_line(sheet, "$4.2 million", "[ ]")
      T.equal(vim.bo[sheet].modifiable, false)
    end,
  },
  {
    "an edit of a checked fact shows, and undoing it brings the tick back",
    function()
      local story, sheet = open("edit.md")
      to("\\$4.2 million")
      T.type("x")
      wait_line(sheet, "$4.2 million", "[x]")
      T.type("<CR>")
      T.equal(vim.api.nvim_get_current_buf(), story)
      T.equal(vim.api.nvim_get_current_line():sub(vim.fn.col(".")), "$4.2 million on it.")
      T.cursor(6, "4.2")
      T.type("c3l4.5<Esc>")
      vim.cmd("doautocmd TextChanged")
      wait_line(sheet, "$4.5 million", "[~]")
      wait_line(sheet, "$4.5 million", "was “$4.2 million”")
      T.type("u")
      vim.cmd("doautocmd TextChanged")
      wait_line(sheet, "$4.2 million", "[x]")
    end,
  },
  {
    "the passage in the source opens",
    function()
      local _, sheet = open("passage.md")
      wait_line(sheet, "We keep the ferry", "[ ]")
      to("We keep the ferry")
      -- Sources are read on a thread of their own: until they are, the key says that there is none.
      T.wait("the passage", function()
        if vim.api.nvim_get_current_buf() == sheet then
          T.type("p")
          vim.wait(1000, function()
            return vim.api.nvim_get_current_buf() ~= sheet
          end, 10)
        end
        return vim.fs.basename(vim.api.nvim_buf_get_name(0)) == "hearing.srt"
      end)
      T.equal(vim.api.nvim_win_get_cursor(0)[1], 3)
    end,
  },
  {
    "the next fact that needs somebody is a key away",
    function()
      local _, sheet = open("next.md")
      vim.api.nvim_win_set_cursor(0, { 4, 0 })
      T.type("x")
      T.wait("a tick", function()
        return T.line(sheet, 4):find("[x]", 1, true)
      end)
      vim.api.nvim_win_set_cursor(0, { 1, 0 })
      T.type("]]")
      T.equal(vim.api.nvim_win_get_cursor(0)[1], 5)
    end,
  },
  {
    "one story from the first tick to print: changed, undone, exported, failed and passed",
    function()
      local story, sheet = open("print.md")
      --- Runs the command line as CI does; gives the exit code and what it printed.
      local function run(...)
        local done = vim.system({ "copydesk", ... }, { cwd = T.work, text = true }):wait(60000)
        return done.code, done.stdout .. done.stderr
      end
      wait_line(sheet, "$4.2 million", "[ ]")
      local code, said = run("--check", "--require-checked", "print.md")
      T.equal(code, 1, said)
      T.holds(said, "facts/unchecked")
      -- Every fact is ticked, one after the other.
      for number = 4, vim.api.nvim_buf_line_count(sheet) do
        vim.api.nvim_win_set_cursor(0, { number, 0 })
        T.type("x")
        T.wait("a tick in line " .. number, function()
          return T.line(sheet, number):find("[x]", 1, true)
        end, function()
          return T.text(sheet)
        end)
      end
      to("\\$4.2 million")
      vim.ui.input = function(_, answer)
        answer("budget.xlsx#B7")
      end
      T.type("s")
      wait_line(sheet, "$4.2 million", "budget.xlsx#B7")
      code, said = run("--check", "--require-checked", "print.md")
      T.equal(code, 0, said)
      -- A figure is changed and saved: CI fails and says what it was.
      T.type("<CR>")
      T.equal(vim.api.nvim_get_current_buf(), story)
      T.cursor(6, "4.2")
      T.type("c3l4.5<Esc>")
      vim.cmd("doautocmd TextChanged")
      wait_line(sheet, "$4.5 million", "[~]")
      vim.cmd("silent write")
      code, said = run("--check", "--require-checked", "print.md")
      T.equal(code, 1, said)
      T.holds(said, "facts/changed")
      T.holds(said, "“$4.5 million” was “$4.2 million”")
      T.type("u")
      vim.cmd("doautocmd TextChanged")
      wait_line(sheet, "$4.2 million", "[x]")
      vim.cmd("silent write")
      code, said = run("--check", "--require-checked", "print.md")
      T.equal(code, 0, said)
      for format, part in pairs({
        html = '<span class="box">✓</span>',
        checklist = "- [x] **$4.2 million**",
        csv = '"budget.xlsx, B7"',
        json = '"state":"checked"',
      }) do
        code, said = run("facts", "--all", "--format", format, "print.md")
        T.equal(code, 0, said)
        T.holds(said, part)
      end
    end,
  },
}
