/** Making every safe fix of a story; never one inside a quote. */

import * as vscode from "vscode";
import { CodeActionRequest, CodeActionResolveRequest } from "vscode-languageclient/node";
import type { CodeAction, Command } from "vscode-languageclient/node";

import { FIX_ALL } from "./protocol.ts";
import type { Server } from "./server.ts";
import { storyEditor } from "./stories.ts";

export async function fixAll(server: Server): Promise<void> {
  const editor = storyEditor();
  const client = editor === undefined ? undefined : await server.need();
  if (editor === undefined || client === undefined) {
    return;
  }
  const { document } = editor;
  const end = document.lineAt(document.lineCount - 1).range.end;
  const actions: (Command | CodeAction)[] | null = await client.sendRequest(CodeActionRequest.type, {
    textDocument: client.code2ProtocolConverter.asTextDocumentIdentifier(document),
    range: client.code2ProtocolConverter.asRange(new vscode.Range(new vscode.Position(0, 0), end)),
    context: { diagnostics: [], only: [FIX_ALL] },
  });
  const action = actions?.find((candidate): candidate is CodeAction => "kind" in candidate && candidate.kind === FIX_ALL);
  if (action === undefined) {
    void vscode.window.showInformationMessage("copydesk: nothing can be fixed without asking.");
    return;
  }
  const { edit } = action.edit === undefined ? await client.sendRequest(CodeActionResolveRequest.type, action) : action;
  const change = await client.protocol2CodeConverter.asWorkspaceEdit(edit);
  if (change === undefined || !(await vscode.workspace.applyEdit(change))) {
    void vscode.window.showErrorMessage("copydesk: the story changed meanwhile; nothing was fixed.");
    return;
  }
  const made = change.entries().reduce((sum, [, edits]) => sum + edits.length, 0);
  void vscode.window.setStatusBarMessage(`copydesk made ${made} safe ${made === 1 ? "fix" : "fixes"}`, 5000);
}
