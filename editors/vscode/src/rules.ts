/** The rules: their pages, and turning them on and off in this editor. */

import { execFile } from "node:child_process";
import * as os from "node:os";
import * as vscode from "vscode";
import { ExecuteCommandRequest } from "vscode-languageclient/node";

import { ServerCommand } from "./protocol.ts";
import type { Server } from "./server.ts";
import { folderInUse, isStory } from "./stories.ts";

/** A rule as `copydesk rules --format json` lists it. */
interface Rule {
  id: string;
  title: string;
  why: string;
  pack: string;
  severity: string;
  enabled: boolean;
}

/** The scheme of the documents that hold rules' pages. */
const SCHEME = "copydesk-rule";

/** Gives rules' pages to VS Code, for `copydesk-rule:` documents. */
export function registerRulePages(server: Server): vscode.Disposable {
  return vscode.workspace.registerTextDocumentContentProvider(SCHEME, {
    async provideTextDocumentContent(uri): Promise<string> {
      const id = uri.path.replace(/^\//, "").replace(/\.md$/, "");
      const client = await server.need();
      const page: unknown = await client?.sendRequest(ExecuteCommandRequest.type, {
        command: ServerCommand.explainRule,
        arguments: [id],
      });
      return typeof page === "string" ? page : `There is no rule ${id}.`;
    },
  });
}

/** Shows the page of a rule: the given one, or that of the finding at the cursor, or one that the user chooses. */
export async function explain(server: Server, given?: unknown): Promise<void> {
  const id = typeof given === "string" ? given : (ruleAtCursor() ?? (await choose(server, "Explain which rule?")));
  if (id === undefined) {
    return;
  }
  const uri = vscode.Uri.from({ scheme: SCHEME, path: `/${id}.md` });
  await vscode.commands.executeCommand("markdown.showPreviewToSide", uri);
}

/** Turns a rule off in this editor, or on again. */
export async function toggle(server: Server, given?: unknown): Promise<void> {
  const id = typeof given === "string" ? given : await choose(server, "Turn which rule on or off?");
  if (id === undefined) {
    return;
  }
  const rules = await listed(server);
  const rule = rules.find((candidate) => candidate.id === id);
  if (rule === undefined) {
    void vscode.window.showErrorMessage(`copydesk: there is no rule “${id}” in the packs in use.`);
    return;
  }
  const settings = vscode.workspace.getConfiguration("copydesk");
  const inWorkspace = vscode.workspace.workspaceFolders !== undefined;
  const target = inWorkspace ? vscode.ConfigurationTarget.Workspace : vscode.ConfigurationTarget.Global;
  const before = settings.inspect<Record<string, string>>("rules");
  const here = (inWorkspace ? before?.workspaceValue : before?.globalValue) ?? {};
  const off = !isOn(rule);
  // What was off by the newsroom's decision is turned on with the severity that the rule has.
  const changed = { ...here, [id]: off ? (rule.severity === "off" ? "hint" : rule.severity) : "off" };
  if (off && here[id] === "off") {
    // It was this editor that turned it off.
    Reflect.deleteProperty(changed, id);
  }
  await settings.update("rules", Object.keys(changed).length === 0 ? undefined : changed, target);
  const where = inWorkspace ? "in this workspace" : "in your editor";
  const undo = "Undo";
  const choice = await vscode.window.showInformationMessage(`copydesk: ${id} is ${off ? "on" : "off"} ${where}.`, undo, "Explain");
  if (choice === undo) {
    await settings.update("rules", Object.keys(here).length === 0 ? undefined : here, target);
  } else if (choice === "Explain") {
    await explain(server, id);
  }
}

/** Whether a rule is on, by this editor's settings or else by the newsroom's. */
function isOn(rule: Rule): boolean {
  const set = vscode.workspace.getConfiguration("copydesk").get<Record<string, string>>("rules", {});
  const topic = `${rule.id.split("/")[0] ?? ""}/*`;
  const here = set[rule.id] ?? set[topic];
  return here === undefined ? rule.enabled : here !== "off";
}

/** The rule of the finding at the cursor, the narrowest of several. */
function ruleAtCursor(): string | undefined {
  const editor = vscode.window.activeTextEditor;
  if (editor === undefined || !isStory(editor.document)) {
    return undefined;
  }
  const size = (range: vscode.Range): number => editor.document.offsetAt(range.end) - editor.document.offsetAt(range.start);
  const here = findings(editor.document).filter((finding) => finding.range.contains(editor.selection.active));
  here.sort((a, b) => size(a.range) - size(b.range));
  const first = here[0];
  return first === undefined ? undefined : ruleOf(first);
}

function findings(document: vscode.TextDocument): vscode.Diagnostic[] {
  return vscode.languages.getDiagnostics(document.uri).filter((diagnostic) => diagnostic.source === "copydesk");
}

/** The rule that a finding is of. */
export function ruleOf(finding: vscode.Diagnostic): string | undefined {
  const code = typeof finding.code === "object" ? finding.code.value : finding.code;
  return typeof code === "string" ? code : undefined;
}

/** All rules in the packs in use, as the newsroom's settings have them. */
async function listed(server: Server): Promise<Rule[]> {
  const found = server.find();
  if (found.program === undefined) {
    await server.need();
    return [];
  }
  const folder = folderInUse();
  const packs = vscode.workspace.getConfiguration("copydesk").get<string[] | null>("packs", null) ?? [];
  const args = ["rules", "--format", "json", ...packs.flatMap((pack) => ["--packs", pack])];
  const cwd = folder?.uri.scheme === "file" ? folder.uri.fsPath : os.homedir();
  const text = await new Promise<string>((resolve) => {
    // Mistakes in the newsroom's settings make the program fail, and it lists the rules all the same.
    execFile(found.program, args, { cwd, maxBuffer: 16 << 20 }, (_, out) => {
      resolve(out);
    });
  });
  try {
    return (JSON.parse(text) as { rules: Rule[] }).rules;
  } catch {
    void vscode.window.showErrorMessage("copydesk: the list of rules cannot be read; is the program older than this extension?");
    return [];
  }
}

async function choose(server: Server, question: string): Promise<string | undefined> {
  const editor = vscode.window.activeTextEditor;
  const found = new Map<string, number>();
  for (const finding of editor === undefined ? [] : findings(editor.document)) {
    const id = ruleOf(finding);
    if (id !== undefined) {
      found.set(id, (found.get(id) ?? 0) + 1);
    }
  }
  type Item = vscode.QuickPickItem & { id?: string };
  const item = (rule: Rule): Item => {
    const count = found.get(rule.id);
    const icon = isOn(rule) ? "$(check)" : "$(circle-slash)";
    const here = count === undefined ? "" : ` · ${count} in this story`;
    return { id: rule.id, label: `${icon} ${rule.id}`, description: `${rule.severity}${here}`, detail: rule.title };
  };
  const items = listed(server).then((rules) => {
    const sorted = [...rules].sort((a, b) => a.id.localeCompare(b.id));
    const separator = (label: string): Item => ({ label, kind: vscode.QuickPickItemKind.Separator });
    const here = sorted.filter((rule) => found.has(rule.id)).map(item);
    const others = sorted.filter((rule) => !found.has(rule.id)).map(item);
    return here.length === 0 ? others : [separator("In this story"), ...here, separator("All others"), ...others];
  });
  const chosen = await vscode.window.showQuickPick(items, { title: question, matchOnDetail: true, placeHolder: "A rule's name or what it finds" });
  return chosen?.id;
}
