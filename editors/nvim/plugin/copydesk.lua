if vim.g.loaded_copydesk then
  return
end
vim.g.loaded_copydesk = true
require("copydesk.commands").create()
