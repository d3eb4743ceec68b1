--- `:checkhealth copydesk`.

local options = require("copydesk.options")
local server = require("copydesk.server")

local health = vim.health

--- How long, in milliseconds, the program may take for one answer.
local PATIENCE = 30000

local M = {}

---@return boolean found
local function check_program()
  local program = server.program()
  local path = vim.fn.exepath(program)
  if path == "" then
    health.error(("There is no program `%s`."):format(program), {
      "In a clone of copydesk: `cargo install --path . --profile dist`; then see that Cargo's `bin` folder is on PATH.",
      'Or name it: `require("copydesk").setup({ cmd = { "/path/to/copydesk", "lsp" } })`',
    })
    return false
  end
  local result = vim.system({ path, "--version" }, { text = true, timeout = PATIENCE }):wait()
  local version = vim.trim(result.stdout or "")
  if result.code ~= 0 or not vim.startswith(version, "copydesk ") then
    health.error(("`%s --version` does not answer as copydesk does."):format(path), {
      "Another program may have this name: set `cmd` to copydesk's full path.",
    })
    return false
  end
  health.ok(("Program: %s (%s)"):format(path, version))
  return true
end

local function check_servers()
  local clients = server.clients()
  if #clients == 0 then
    health.warn("No server runs.", {
      "Open a story; its filetype must be one of: " .. table.concat(options.current.filetypes, ", ") .. ".",
      'See that your configuration calls `require("copydesk").setup()`.',
      "Start a server that died: `:Copydesk restart`. What it said last: `:Copydesk log`.",
    })
    return
  end
  for _, client in ipairs(clients) do
    local stories = vim.tbl_count(client.attached_buffers)
    local folder = client.config.root_dir or "no folder: stories are read one by one"
    health.ok(("Server %d runs for %d open buffer(s) (%s)"):format(client.id, stories, folder))
  end
end

--- Looks for the newsroom's settings as the server does: in the story's folder and above.
---@param found boolean Whether the program is there to read them.
local function check_newsroom(found)
  local folders = {}
  for _, client in ipairs(server.clients()) do
    folders[client.config.root_dir or assert(vim.uv.cwd())] = true
  end
  if next(folders) == nil then
    folders[assert(vim.uv.cwd())] = true
  end
  for folder in vim.spairs(folders) do
    local file = vim.fs.find("copydesk.toml", { path = folder, upward = true, type = "file" })[1]
    if not file then
      health.info(("No copydesk.toml in %s or above: the `core` pack with its defaults."):format(folder))
    else
      health.ok("Settings: " .. file)
      local result = found
        and vim.system({ server.program(), "rules" }, { cwd = folder, text = true, timeout = PATIENCE }):wait()
      local mistakes = result and vim.trim(result.stderr or "") or ""
      if mistakes ~= "" then
        health.warn("The newsroom's files have mistakes; the rest of them is used:\n" .. mistakes)
      end
    end
  end
end

local function check_options()
  local settings = options.current.settings
  if settings.date then
    health.info(("Publication date: %s, for every story (`:Copydesk date none` ends that)"):format(settings.date))
  elseif settings.today ~= false then
    health.info("Publication date: each story's own; today where it names none")
  else
    health.info("Publication date: each story's own")
  end
end

--- Run by Neovim.
function M.check()
  health.start("copydesk")
  if vim.fn.has("nvim-0.10") == 1 then
    health.ok("Neovim " .. tostring(vim.version()))
  else
    health.error("Neovim 0.10 or newer is needed.")
  end
  local found = check_program()
  check_servers()
  check_newsroom(found)
  check_options()
end

return M
