-- `:Copydesk`, the publication date, the newsroom's settings, and a server that dies.

local WORDS = "words/verb-preposition"
local SUNDAY = "time/relative-weekday"

local STORY = [[
Café 😀 row grows

Naïve 😀 crowds came on Sunday. The council insists of meeting, Mayor Dale Finch said.
]]

local function open(name)
  local bufnr, client = T.open(name, STORY)
  T.wait_marked(bufnr, WORDS, { "3: insists of" })
  return bufnr, client
end

--- Waits for the day that a Sunday stands for.
local function wait_day(bufnr, day)
  local what = "Sunday is " .. day
  T.wait(what, function()
    local found = select(2, T.marked(bufnr, SUNDAY))[1]
    return found and found.message:find(day, 1, true)
  end, function()
    return vim.diagnostic.get(bufnr)
  end)
end

return {
  {
    "commands complete",
    function()
      local function complete(line)
        return vim.fn.getcompletion(line, "cmdline")
      end
      local all = { "date", "explain", "facts", "fixall", "hints", "log", "restart" }
      T.equal(complete("Copydesk "), all)
      T.equal(complete("Copydesk f"), { "facts", "fixall" })
      T.equal(complete("vertical Copydesk fa"), { "facts" })
      T.equal(complete("Copydesk date t"), { "today" })
      T.equal(complete("Copydesk explain words/verb-p"), { WORDS })
      T.equal(complete("Copydesk facts x"), {})
    end,
  },
  {
    "a wrong command says what there is",
    function()
      vim.cmd("Copydesk fact")
      T.message("there is no `:Copydesk fact`; there are date, explain, facts")
      vim.cmd("Copydesk facts now")
      T.message("too many words")
      vim.cmd("Copydesk date 2018-02-30")
      T.message("`2018-02-30` is not a date")
      vim.cmd("Copydesk explain no/such")
      T.message("no/such")
    end,
  },
  {
    "facts shows the story as it stands in the buffer, and leads back to it",
    function()
      local story = open("facts.txt")
      vim.api.nvim_buf_set_lines(story, -1, -1, true, { "", "“We will wait,” Ana Ruiz said." })
      vim.cmd("vertical Copydesk facts")
      local sheet = T.page("facts/facts.txt")
      T.holds(T.text(sheet), "Ana Ruiz")
      T.equal(vim.bo[sheet].modifiable, false)
      T.equal(#vim.lsp.get_clients({ bufnr = sheet }), 0, "a fact sheet is no story")
      T.equal(vim.fn.winwidth(0) < vim.o.columns, true, "`:vertical` is heeded")
      vim.fn.search("We will wait")
      T.type("<CR>")
      T.equal(vim.api.nvim_get_current_buf(), story)
      T.equal(vim.api.nvim_win_get_cursor(0)[1], 5)
      -- The same page again, and closed.
      vim.cmd("Copydesk facts")
      T.page("facts/facts.txt")
      T.equal(#vim.api.nvim_list_wins(), 2)
      T.type("q")
      T.equal(vim.api.nvim_get_current_buf(), story)
    end,
  },
  {
    "explain takes the rule under the cursor, or a named one",
    function()
      open("explain.txt")
      T.cursor(3, "insists of")
      vim.cmd("Copydesk explain")
      local page = T.page("rule/" .. WORDS)
      T.holds(T.text(page), "# " .. WORDS)
      T.equal(vim.bo[page].filetype, "markdown")
      T.equal(#vim.lsp.get_clients({ bufnr = page }), 0, "a rule's page is no story")
      vim.cmd("Copydesk explain quotes/unattributed")
      T.holds(T.text(T.page("rule/quotes/unattributed")), "Quote without a speaker")
    end,
  },
  {
    "the publication date is set, changed and unset",
    function()
      local bufnr, client = open("date.txt")
      vim.cmd("Copydesk date 2018-02-12")
      T.message("publication date 2018-02-12")
      wait_day(bufnr, "Feb. 11")
      local input = vim.ui.input
      vim.ui.input = function(options, answer)
        T.equal(options.default, "2018-02-12")
        answer("2018-06-06")
      end
      vim.cmd("Copydesk date")
      vim.ui.input = input
      wait_day(bufnr, "June 3")
      vim.cmd("Copydesk facts")
      T.holds(T.text(T.page("facts/date.txt")), "2018-06-06")
      vim.cmd.close()
      T.equal(T.client(bufnr).id, client.id, "no restart is needed")
      vim.cmd("Copydesk date none")
      T.wait("a day of this year", function()
        local found = select(2, T.marked(bufnr, SUNDAY))[1]
        return not found or not found.message:find("June 3", 1, true) or os.date("%m") == "06"
      end)
      T.equal(client.settings.copydesk.date, nil)
    end,
  },
  {
    "a date that was set survives a restart",
    function()
      local bufnr, client = open("restart.txt")
      vim.cmd("Copydesk date 2018-02-12")
      wait_day(bufnr, "Feb. 11")
      vim.cmd("Copydesk restart")
      T.message("restarted")
      T.equal(T.client(bufnr).id ~= client.id, true, "another server")
      wait_day(bufnr, "Feb. 11")
      vim.cmd("Copydesk date none")
    end,
  },
  {
    "a server that was killed is started anew",
    function()
      local bufnr, client = open("killed.txt")
      local killed = 0
      for _, process in ipairs(vim.api.nvim_get_proc_children(vim.fn.getpid())) do
        local details = vim.api.nvim_get_proc(process)
        if details and details.name == "copydesk" then
          vim.uv.kill(process, "sigkill")
          killed = killed + 1
        end
      end
      T.equal(killed > 0, true, "a process of the server was found")
      T.wait("the client to notice", function()
        return vim.lsp.get_client_by_id(client.id) == nil
      end)
      T.wait_marked(bufnr, WORDS, {})
      vim.cmd("Copydesk restart")
      T.wait_marked(bufnr, WORDS, { "3: insists of" })
      T.equal(#vim.lsp.get_clients({ name = "copydesk" }), 1)
    end,
  },
  {
    "copydesk.toml takes effect when it is written",
    function()
      local settings = T.write("newsroom/copydesk.toml", "# ours\n")
      local bufnr, client = open("newsroom/story.txt")
      T.equal(vim.uv.fs_realpath(client.config.root_dir), vim.uv.fs_realpath(vim.fs.dirname(settings)))
      vim.cmd.split(vim.fn.fnameescape(settings))
      vim.api.nvim_buf_set_lines(0, -1, -1, true, { "[rules]", '"words/*" = "off"' })
      vim.cmd("silent write")
      T.wait_marked(bufnr, WORDS, {})
      T.type("u")
      vim.cmd("silent write")
      T.wait_marked(bufnr, WORDS, { "3: insists of" })
    end,
  },
  {
    "hints are shown and hidden",
    function()
      local bufnr = open("hints.txt")
      T.equal(vim.lsp.inlay_hint.is_enabled({ bufnr = bufnr }), false, "not before they are asked for")
      vim.cmd("Copydesk date 2018-02-12")
      wait_day(bufnr, "Feb. 11")
      vim.cmd("Copydesk hints")
      T.wait("a hint with the day", function()
        return vim.iter(vim.lsp.inlay_hint.get({ bufnr = bufnr })):find(function(hint)
          return vim.inspect(hint.inlay_hint.label):find("2018-02-11", 1, true)
        end)
      end, function()
        return vim.lsp.inlay_hint.get({ bufnr = bufnr })
      end)
      vim.cmd("Copydesk hints")
      T.equal(vim.lsp.inlay_hint.get({ bufnr = bufnr }), {})
      vim.cmd("Copydesk date none")
    end,
  },
  {
    "log opens Neovim's log",
    function()
      open("log.txt")
      vim.cmd("Copydesk log")
      T.equal(vim.api.nvim_buf_get_name(0), vim.lsp.log.get_filename())
    end,
  },
}
