-- Neovim's built-in client (0.7 and newer) with the server, as docs/language-server.md configures it; run without a screen by
-- clients.test.ts. Writes what happened as JSON to $GROUNDWORK_RESULT.
local result = { progress = false }
local root = vim.fn.getcwd()

local function wait(what, condition)
  if not vim.wait(60000, condition, 50) then
    result.error = what
    vim.fn.writefile({ vim.fn.json_encode(result) }, vim.env.GROUNDWORK_RESULT)
    vim.cmd("cquit")
  end
end

vim.lsp.handlers["$/progress"] = function(_, params)
  result.progress = result.progress or params.value.kind == "begin"
end

-- Nobody is there to press a button.
vim.lsp.handlers["window/showMessageRequest"] = function() return vim.NIL end

local id = vim.lsp.start_client({
  name = "groundwork",
  cmd = { vim.env.GROUNDWORK_NODE, vim.env.GROUNDWORK_SERVER, "--stdio" },
  root_dir = root,
  workspace_folders = { { uri = vim.uri_from_fname(root), name = "project" } },
})

local function open(path)
  vim.cmd("edit " .. path)
  vim.bo.filetype = path:match("%.py$") and "python" or "requirements"
  vim.lsp.buf_attach_client(0, id)
  return vim.api.nvim_get_current_buf()
end

local function request(method, params)
  local answers = vim.lsp.buf_request_sync(0, method, params, 60000) or {}
  return answers[id] and answers[id].result
end

local buffer = open("requirements.txt")
wait("no findings", function() return #vim.diagnostic.get(buffer) > 0 end)
result.rules = vim.tbl_map(function(each) return each.code end, vim.diagnostic.get(buffer))

-- A code action, applied by the client.
local range = { start = { line = 0, character = 0 }, ["end"] = { line = 2, character = 0 } }
local actions = request("textDocument/codeAction", {
  textDocument = vim.lsp.util.make_text_document_params(),
  range = range,
  context = { diagnostics = {}, only = { "source.fixAll.groundwork" } },
})
for _, action in ipairs(actions or {}) do
  if action.edit then vim.lsp.util.apply_workspace_edit(action.edit, "utf-16") end
end
result.sorted = vim.api.nvim_buf_get_lines(buffer, 0, -1, false)
wait("findings stay", function() return #vim.diagnostic.get(buffer) == 0 end)

-- What is typed is heard.
vim.api.nvim_buf_set_lines(buffer, 0, 0, false, { "scipy" })
wait("typing is not heard", function() return #vim.diagnostic.get(buffer) > 0 end)

-- A command whose edit the server asks the client to make.
vim.lsp.buf_request_sync(0, "workspace/executeCommand", {
  command = "groundwork.server.markStage",
  arguments = { vim.uri_from_fname(root .. "/lab"), "experimental" },
}, 60000)
local marked = vim.fn.bufnr(root .. "/pyproject.toml")
wait("the stage is not written", function()
  marked = vim.fn.bufnr(root .. "/pyproject.toml")
  return marked > 0 and table.concat(vim.api.nvim_buf_get_lines(marked, 0, -1, false), "\n"):find("lab/%*%*") ~= nil
end)
result.marked = vim.api.nvim_buf_get_lines(marked, 0, -1, false)

-- A command with progress that the server starts.
vim.lsp.buf_request_sync(0, "workspace/executeCommand", {
  command = "groundwork.server.createEnvironment",
  arguments = { { folder = vim.uri_from_fname(root), tool = "venv", prefix = root .. "/.venv", files = {} } },
}, 120000)
result.environment = vim.fn.filereadable(root .. "/.venv/pyvenv.cfg") == 1

local code = open("lab/copy.py")
wait("no findings in Python", function() return #vim.diagnostic.get(code) > 0 end)
local copies = vim.tbl_filter(function(each) return each.code == "duplicate-block" end, vim.diagnostic.get(code))
result.copies = #copies
local hover = request("textDocument/hover", { textDocument = vim.lsp.util.make_text_document_params(), position = { line = copies[1].lnum, character = copies[1].col } })
result.hover = hover ~= nil and hover ~= vim.NIL

vim.fn.writefile({ vim.fn.json_encode(result) }, vim.env.GROUNDWORK_RESULT)
vim.lsp.stop_client(id)
vim.cmd("qall!")
