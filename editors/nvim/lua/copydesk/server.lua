--- Starting and stopping the language server, and telling it of settings. The one file that knows how Neovim 0.10 and
--- 0.11 differ.

local options = require("copydesk.options")

local M = {}

--- The name of the client and of the settings' section.
M.name = "copydesk"

--- 0.11 brought `vim.lsp.config` and clients with methods.
local modern = vim.fn.has("nvim-0.11") == 1

--- How long, in milliseconds, a server may take to end by itself before it is made to.
local PATIENCE = 3000

--- Calls a client's method: with a colon since 0.11, with a dot before.
---@param client vim.lsp.Client
---@param method string
function M.call(client, method, ...)
  if modern then
    return client[method](client, ...)
  end
  return client[method](...)
end

--- Says something to the user.
---@param message string
---@param level? integer
function M.say(message, level)
  vim.notify("copydesk: " .. message, level or vim.log.levels.INFO)
end

--- Asks a client's server, and says what went wrong.
---@param client vim.lsp.Client
---@param method string
---@param params table
---@param bufnr integer
---@param use fun(answer: any)
function M.ask(client, method, params, bufnr, use)
  M.call(client, "request", method, params, function(failure, answer)
    if failure then
      M.say(failure.message, vim.log.levels.ERROR)
    else
      use(answer)
    end
  end, bufnr)
end

--- The running clients, of one buffer when it is given.
---@param bufnr? integer
---@return vim.lsp.Client[]
function M.clients(bufnr)
  return vim.lsp.get_clients({ name = M.name, bufnr = bufnr })
end

--- Whether the client's server offers a method.
---@param client vim.lsp.Client
---@param method string
---@return boolean
function M.supports(client, method)
  return M.call(client, "supports_method", method) and true or false
end

--- The program, as the user set it; a user of `vim.lsp.config` may have set it there.
---@return string
function M.program()
  local configured = modern and vim.lsp.config[M.name] or nil
  local cmd = configured and configured.cmd or options.current.cmd
  return type(cmd) == "table" and cmd[1] or options.defaults.cmd[1]
end

--- Without refreshed pull diagnostics (Neovim up to 0.11) findings would stay as they were when settings change. A server
--- whose client does not ask sends them by itself, always.
---@param params lsp.InitializeParams
local function prefer_push(params)
  local workspace = params.capabilities.workspace
  local refreshes = workspace and workspace.diagnostics and workspace.diagnostics.refreshSupport
  if params.capabilities.textDocument and not refreshes then
    params.capabilities.textDocument.diagnostic = nil
  end
end

---@param client vim.lsp.Client
---@param bufnr integer
local function attached(client, bufnr)
  local set = options.current
  if set.diagnostics then
    for _, pulled in ipairs({ false, true }) do
      vim.diagnostic.config(set.diagnostics, vim.lsp.diagnostic.get_namespace(client.id, pulled))
    end
  end
  if set.inlay_hints and M.supports(client, "textDocument/inlayHint") then
    vim.lsp.inlay_hint.enable(true, { bufnr = bufnr })
  end
  if set.on_attach then
    set.on_attach(client, bufnr)
  end
end

--- The client's configuration, for `vim.lsp.config` and `vim.lsp.start` alike.
---@return vim.lsp.Config
function M.config()
  local set = options.current
  return {
    name = M.name,
    cmd = vim.deepcopy(set.cmd),
    filetypes = vim.deepcopy(set.filetypes),
    root_markers = vim.deepcopy(set.root_markers),
    settings = options.section(),
    init_options = options.section(),
    before_init = prefer_push,
    on_attach = attached,
    commands = {
      -- The line above the headline opens the fact sheet as `:Copydesk facts` does.
      ["copydesk.factSheet"] = function(_, context)
        require("copydesk.commands").facts({ bufnr = context.bufnr })
      end,
    },
  }
end

---@param bufnr integer
---@return boolean
local function is_story(bufnr)
  return vim.api.nvim_buf_is_loaded(bufnr)
    and vim.bo[bufnr].buftype == ""
    and vim.tbl_contains(options.current.filetypes, vim.bo[bufnr].filetype)
end

--- Whether a file holds settings or rules of a newsroom.
---@param path string
---@return boolean
local function is_newsroom_file(path)
  path = path:gsub("\\", "/")
  return path:find("/copydesk%.toml$") ~= nil or path:find("/%.copydesk/rules/[^/]+%.toml$") ~= nil
end

--- Whether a buffer holds settings or rules of a newsroom, which the server completes and reads as they are written.
---@param bufnr integer
---@return boolean
local function is_newsroom_buffer(bufnr)
  return vim.api.nvim_buf_is_loaded(bufnr)
    and vim.bo[bufnr].buftype == ""
    and is_newsroom_file(vim.api.nvim_buf_get_name(bufnr))
end

--- Starts the server for a story or a newsroom's file, or gives it to the one that runs. Since 0.11 Neovim does so with
--- stories by itself.
---@param bufnr integer
local function start(bufnr)
  local wanted = is_newsroom_buffer(bufnr) or not modern and is_story(bufnr)
  if not wanted or vim.fn.executable(M.program()) == 0 then
    return
  end
  local config = modern and vim.deepcopy(vim.lsp.config[M.name]) or M.config()
  config.root_dir = vim.fs.root(bufnr, config.root_markers)
  vim.lsp.start(config, { bufnr = bufnr })
end

local function start_everywhere()
  if modern then
    vim.lsp.enable(M.name)
  end
  vim.iter(vim.api.nvim_list_bufs()):each(start)
end

local warned = false

--- Says once that the program is missing: Neovim itself would only write it to a log.
local function warn_when_missing()
  if warned or vim.fn.executable(M.program()) == 1 then
    return
  end
  warned = true
  local message = "copydesk: there is no program `%s`; `:checkhealth copydesk` says what to do"
  vim.notify(message:format(M.program()), vim.log.levels.WARN)
end

--- Tells the server of a settings file that was written: on Linux, Neovim watches no files.
---@param path string
local function tell_of_file(path)
  local change = { uri = vim.uri_from_fname(path), type = vim.lsp.protocol.FileChangeType.Changed }
  for _, client in ipairs(M.clients()) do
    M.call(client, "notify", "workspace/didChangeWatchedFiles", { changes = { change } })
  end
end

--- Starts the server for the stories that are open and for those to come.
function M.enable()
  warned = false
  local group = vim.api.nvim_create_augroup("copydesk", { clear = true })
  vim.api.nvim_create_autocmd("FileType", {
    group = group,
    pattern = options.current.filetypes,
    callback = function(event)
      if is_story(event.buf) then
        warn_when_missing()
      end
      start(event.buf)
    end,
  })
  vim.api.nvim_create_autocmd("FileType", {
    group = group,
    pattern = "toml",
    callback = function(event)
      -- Neovim itself takes the server away from what is no story as soon as it learns of it.
      vim.schedule(function()
        start(event.buf)
      end)
    end,
  })
  vim.api.nvim_create_autocmd("BufWritePost", {
    group = group,
    pattern = "*.toml",
    callback = function(event)
      local path = vim.fn.fnamemodify(event.match, ":p")
      if is_newsroom_file(path) then
        tell_of_file(path)
      end
    end,
  })
  if modern then
    vim.lsp.config(M.name, M.config())
  end
  if vim.v.vim_did_enter == 1 and vim.iter(vim.api.nvim_list_bufs()):any(is_story) then
    warn_when_missing()
  end
  start_everywhere()
end

--- Tells the running servers of the settings, and those to come.
function M.push_settings()
  if modern then
    vim.lsp.config(M.name, { settings = options.section(), init_options = options.section() })
  end
  for _, client in ipairs(M.clients()) do
    -- The server asks for its section, and Neovim answers with these.
    client.settings = options.section()
    client.config.settings = client.settings
    M.call(client, "notify", "workspace/didChangeConfiguration", { settings = client.settings })
  end
end

--- Ends all servers and starts them anew; one that has died is started too.
---@param done? fun() Called when the new ones were started.
function M.restart(done)
  local old = vim.tbl_map(function(client)
    return client.id
  end, M.clients())
  for _, client in ipairs(M.clients()) do
    M.call(client, "stop")
  end
  local deadline = vim.uv.now() + PATIENCE
  local function when_gone()
    local left = vim.tbl_filter(function(id)
      return vim.lsp.get_client_by_id(id) ~= nil
    end, old)
    if #left == 0 then
      start_everywhere()
      if done then
        done()
      end
      return
    end
    if vim.uv.now() > deadline then
      deadline = math.huge
      for _, id in ipairs(left) do
        local client = vim.lsp.get_client_by_id(id)
        if client then
          client.rpc.terminate()
        end
      end
    end
    vim.defer_fn(when_gone, 20)
  end
  when_gone()
end

return M
