-- A story as its editor works on it: what is marked, what can be done, and undone.

local WORDS = "words/verb-preposition"
local WEEKDAY = "time/weekday-mismatch"
local ARTICLE = "words/article"

local STORY = [[
Café 😀 row grows

Naïve 😀 crowds came. The council insists of meeting, Mayor Dale Finch said.

“Café 😀 owners insists of meeting for a hour,” Mayor Dale Finch said.

The meeting is Monday, Feb. 20, 2018. It lasts a hour.
]]

local function open(name)
  local bufnr, client = T.open(name, STORY)
  T.wait_marked(bufnr, WORDS, { "3: insists of", "5: insists of" })
  return bufnr, client
end

return {
  {
    "findings stand at their words, behind an accent and an emoji",
    function()
      local bufnr = open("columns.txt")
      T.wait_marked(bufnr, WEEKDAY, { "7: Monday, Feb. 20, 2018" })
      local finding = T.wait_marked(bufnr, ARTICLE, { "5: a hour", "7: a hour" })[2]
      T.equal(finding.source, "copydesk")
      T.equal(finding.severity, vim.diagnostic.severity.WARN)
      local words = T.wait_marked(bufnr, WORDS, { "3: insists of", "5: insists of" })
      T.equal(words[2].severity, vim.diagnostic.severity.INFO, "a wording finding in a quote is a query")
    end,
  },
  {
    "warnings are shown beside the text, and queries are not",
    function()
      local bufnr, client = open("shown.txt")
      local namespace = vim.lsp.diagnostic.get_namespace(client.id)
      local marks = T.wait("virtual text", function()
        local shown = {}
        for _, mark in ipairs(vim.api.nvim_buf_get_extmarks(bufnr, -1, 0, -1, { details = true })) do
          if mark[4].virt_text and mark[4].virt_text_pos == "eol" then
            table.insert(shown, mark[2] + 1)
          end
        end
        return vim.deep_equal(shown, { 3, 7 }) and shown
      end, function()
        return vim.api.nvim_buf_get_extmarks(bufnr, -1, 0, -1, { details = true })
      end)
      T.equal(marks, { 3, 7 })
      T.equal(vim.diagnostic.config(nil, namespace).severity_sort, true)
      T.equal(vim.diagnostic.config().severity_sort, false, "other tools' findings are shown as before")
    end,
  },
  {
    "typing moves findings and takes them away",
    function()
      local bufnr = open("typing.txt")
      T.cursor(3, "Naïve")
      T.type("ié😀 <Esc>")
      T.type("yyP")
      T.wait_marked(bufnr, WORDS, { "3: insists of", "4: insists of", "6: insists of" })
      T.cursor(3, "of")
      T.type("cwon<Esc>")
      T.wait_marked(bufnr, WORDS, { "4: insists of", "6: insists of" })
    end,
  },
  {
    "Markdown and HTML are read as such",
    function()
      local text = "# Café 😀\n\nThe council `insists of` it; *the board* **insists of** meeting.\n"
      T.wait_marked((T.open("story.md", text)), WORDS, { "3: insists of" })
      local html = "<p title='insists of'>Café 😀 <b>the council</b> insists of meeting.</p>\n"
      T.wait_marked((T.open("story.html", html)), WORDS, { "1: insists of" })
    end,
  },
  {
    "a fix is chosen, made, undone and made again",
    function()
      local bufnr = open("fix.txt")
      T.cursor(3, "insists of")
      T.choose("Replace with “insists on”")
      local mended = "Naïve 😀 crowds came. The council insists on meeting, Mayor Dale Finch said."
      T.wait("the fix", function()
        return T.line(bufnr, 3) == mended
      end, function()
        return T.line(bufnr, 3)
      end)
      T.wait_marked(bufnr, WORDS, { "5: insists of" })
      T.type("u")
      T.equal(T.text(bufnr) .. "\n", STORY)
      T.wait_marked(bufnr, WORDS, { "3: insists of", "5: insists of" })
      T.type("<C-r>")
      T.wait_marked(bufnr, WORDS, { "5: insists of" })
      vim.cmd("silent write")
      T.equal(vim.fn.readfile(vim.api.nvim_buf_get_name(bufnr))[3], mended)
    end,
  },
  {
    "inside a quote there is a choice",
    function()
      local bufnr = open("quote.txt")
      T.cursor(5, "insists of")
      local titles = T.choose("Keep “insists of” and mark it [sic]")
      for _, title in ipairs({ "Ask the reporter", "Correct the transcription to “insists on”", "Paraphrase" }) do
        T.holds(titles, title)
      end
      T.wait("[sic]", function()
        return T.line(bufnr, 5) == "“Café 😀 owners insists of [sic] meeting for a hour,” Mayor Dale Finch said."
      end, function()
        return T.line(bufnr, 5)
      end)
    end,
  },
  {
    "fixall makes what is safe in one step, and leaves quotes alone",
    function()
      local bufnr = open("fixall.txt")
      T.wait_marked(bufnr, ARTICLE, { "5: a hour", "7: a hour" })
      vim.cmd("Copydesk fixall")
      T.wait("the safe fix", function()
        return T.line(bufnr, 7) == "The meeting is Monday, Feb. 20, 2018. It lasts an hour."
      end, function()
        return T.line(bufnr, 7)
      end)
      T.message("made 1 safe fix")
      T.equal(T.line(bufnr, 5), "“Café 😀 owners insists of meeting for a hour,” Mayor Dale Finch said.")
      T.wait_marked(bufnr, ARTICLE, { "5: a hour" })
      T.type("u")
      T.equal(T.text(bufnr) .. "\n", STORY)
      T.type("<C-r>")
      vim.cmd("Copydesk fixall")
      T.message("nothing can be fixed safely")
    end,
  },
  {
    "K explains a finding",
    function()
      open("hover.txt")
      T.cursor(3, "insists of")
      T.type("K")
      local text = T.wait("a floating window", function()
        for _, window in ipairs(vim.api.nvim_list_wins()) do
          if vim.api.nvim_win_get_config(window).relative ~= "" then
            return T.text(vim.api.nvim_win_get_buf(window))
          end
        end
      end)
      T.holds(text, "insists on")
      T.holds(text, WORDS)
    end,
  },
  {
    "a person is renamed, and the outline names the quotes",
    function()
      local text = "# Café 😀 opens\n\nNaïve 😀 crowds met Mayor Ana Ruiz.\n\n“We will wait,” Ruiz said.\n"
      local bufnr = T.open("person.md", text)
      T.cursor(3, "Ana")
      vim.lsp.buf.rename("Anna Ruyter")
      T.wait("the new name", function()
        return T.text(bufnr) .. "\n" == text:gsub("Ana Ruiz", "Anna Ruyter"):gsub("Ruiz", "Ruyter")
      end, function()
        return T.text(bufnr)
      end)
      local outline
      vim.lsp.buf.document_symbol({
        on_list = function(list)
          outline = list.items
        end,
      })
      T.wait("the outline", function()
        return outline
      end)
      local names = table.concat(
        vim.tbl_map(function(item)
          return ("%d: %s"):format(item.lnum, item.text)
        end, outline),
        "\n"
      )
      T.holds(names, "Café 😀 opens")
      T.holds(names, "“We will wait,”")
    end,
  },
  {
    "a rule is turned off for the newsroom from the menu",
    function()
      T.write("newsroom/copydesk.toml", "# ours\n")
      local bufnr = open("newsroom/off.txt")
      T.cursor(3, "insists of")
      T.choose("Ignore " .. WORDS .. " in the project")
      T.wait("the edit of copydesk.toml", function()
        return vim.iter(vim.api.nvim_list_bufs()):any(function(candidate)
          return vim.bo[candidate].modified
        end)
      end)
      -- It holds at once, and stays when it is saved.
      T.wait_marked(bufnr, WORDS, {})
      vim.cmd("silent wall")
      local settings = vim.fn.readfile(vim.fs.joinpath(T.work, "newsroom", "copydesk.toml"))
      T.equal(vim.tbl_contains(settings, '"' .. WORDS .. '" = "off"'), true, table.concat(settings, "\n"))
      T.equal(settings[1], "# ours")
    end,
  },
}
