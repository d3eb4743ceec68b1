/** Files that the extension opens or makes: an example story, the newsroom's settings, how to install the program. */

import * as vscode from "vscode";

import { folderInUse } from "./stories.ts";

/** What stands in a new `copydesk.toml`. */
const NEW_SETTINGS = `# Settings of copydesk for the stories in this folder and below.
# Which rules there are: the command “copydesk: Explain Rule…”.

packs = ["core"]                  # also "ap" and "british"
accept = []                       # words of the house, never flagged

[rules]
# "time/relative-weekday" = "off"
# "sources/*" = "hint"
`;

/** Opens an example story as a new, unsaved document. */
export async function openExample(context: vscode.ExtensionContext): Promise<void> {
  const file = vscode.Uri.joinPath(context.extensionUri, "media", "example.md");
  const content = new TextDecoder().decode(await vscode.workspace.fs.readFile(file));
  const document = await vscode.workspace.openTextDocument({ language: "markdown", content });
  await vscode.window.showTextDocument(document);
}

/** Opens the newsroom's settings, and makes them where there are none. */
export async function openSettingsFile(): Promise<void> {
  const folder = folderInUse();
  if (folder === undefined) {
    void vscode.window.showInformationMessage("copydesk: open the folder with your stories first; copydesk.toml stands in it.");
    return;
  }
  const file = vscode.Uri.joinPath(folder.uri, "copydesk.toml");
  try {
    await vscode.workspace.fs.stat(file);
  } catch {
    await vscode.workspace.fs.writeFile(file, new TextEncoder().encode(NEW_SETTINGS));
  }
  await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(file));
}

/** Shows how the program is installed. */
export async function howToInstall(context: vscode.ExtensionContext): Promise<void> {
  await vscode.commands.executeCommand("markdown.showPreview", vscode.Uri.joinPath(context.extensionUri, "media", "install.md"));
}
