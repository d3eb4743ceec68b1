/** Which documents are stories, and which others the server is told of. */

import * as vscode from "vscode";
import type { DocumentFilter } from "vscode-languageclient/node";

const LANGUAGES = ["plaintext", "markdown", "mdx", "html", "asciidoc", "restructuredtext", "org"];

/** The languages that hold stories: those that always do, and those of the setting. */
export function languages(): string[] {
  const more = vscode.workspace.getConfiguration("copydesk").get<Record<string, string>>("languages", {});
  return [...new Set([...LANGUAGES, ...Object.keys(more)])];
}

/** What the server is told of: stories, and the newsroom's settings and rules, which it completes and edits. */
export function selector(): DocumentFilter[] {
  const schemes = ["file", "untitled"];
  const stories = schemes.flatMap((scheme) => languages().map((language) => ({ scheme, language })));
  const settings = ["**/copydesk.toml", "**/.copydesk/rules/*.toml"];
  return [...stories, ...settings.map((pattern) => ({ scheme: "file", pattern }))];
}

/** Whether a document is a story. */
export function isStory(document: vscode.TextDocument): boolean {
  const { scheme, path } = document.uri;
  return (scheme === "file" || scheme === "untitled") && languages().includes(document.languageId) && !path.endsWith(".toml");
}

/** The editor with the story that the user works on, or says that there is none. */
export function storyEditor(): vscode.TextEditor | undefined {
  const active = vscode.window.activeTextEditor;
  const editors = active === undefined ? vscode.window.visibleTextEditors : [active, ...vscode.window.visibleTextEditors];
  const editor = editors.find((candidate) => isStory(candidate.document));
  if (editor === undefined) {
    void vscode.window.showInformationMessage("copydesk: open a story first: plain text, Markdown, HTML, AsciiDoc, reStructuredText or Org.");
  }
  return editor;
}

/** The workspace folder to which a command belongs: that of the active story, or else the first. */
export function folderInUse(): vscode.WorkspaceFolder | undefined {
  const active = vscode.window.activeTextEditor;
  const around = active === undefined ? undefined : vscode.workspace.getWorkspaceFolder(active.document.uri);
  return around ?? vscode.workspace.workspaceFolders?.[0];
}
