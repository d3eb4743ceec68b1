/** `copydesk --check` as a task, whose findings go into the list of problems. */

import * as vscode from "vscode";

import { complainMissing } from "./server.ts";
import type { Server } from "./server.ts";
import { folderInUse } from "./stories.ts";

/** A task as `tasks.json` defines it. */
interface Definition extends vscode.TaskDefinition {
  paths?: string[];
  date?: string;
  show?: string;
  args?: string[];
}

const TYPE = "copydesk";
const NAME = "check";

/** Offers the task for each folder of the workspace, and fills in those of `tasks.json`. */
export function registerTasks(server: Server): vscode.Disposable {
  return vscode.tasks.registerTaskProvider(TYPE, {
    provideTasks(): vscode.Task[] {
      const folders = vscode.workspace.workspaceFolders ?? [];
      return folders.flatMap((folder) => make(server, { type: TYPE }, NAME, folder) ?? []);
    },
    resolveTask(given): vscode.Task | undefined {
      const { scope } = given;
      // A task of the user's own runs in the folder that is in use.
      const folder = typeof scope === "object" ? scope : folderInUse();
      return folder === undefined ? undefined : make(server, given.definition, given.name, folder);
    },
  });
}

/** Checks the folder of the active story, or the only one. */
export async function checkWorkspace(server: Server): Promise<vscode.TaskExecution | undefined> {
  const folders = vscode.workspace.workspaceFolders ?? [];
  const folder = folders.length < 2 ? folders[0] : await vscode.window.showWorkspaceFolderPick({ placeHolder: "Check the stories of which folder?" });
  if (folder === undefined) {
    if (folders.length === 0) {
      void vscode.window.showInformationMessage("copydesk: open a folder with stories first.");
    }
    return undefined;
  }
  const task = make(server, { type: TYPE }, NAME, folder);
  if (task === undefined) {
    const found = server.find();
    if (found.program === undefined) {
      await complainMissing(found.reason);
    }
    return undefined;
  }
  return vscode.tasks.executeTask(task);
}

function make(server: Server, definition: Definition, name: string, folder: vscode.WorkspaceFolder): vscode.Task | undefined {
  const found = server.find();
  if (found.program === undefined) {
    return undefined;
  }
  const settings = vscode.workspace.getConfiguration("copydesk", folder.uri);
  const date = definition.date ?? settings.get<string | null>("date", null);
  const packs = settings.get<string[] | null>("packs", null) ?? [];
  const args = [
    "--check",
    ...(date === null || date === "" ? (settings.get<boolean>("today", true) ? ["--today"] : []) : ["--date", date]),
    ...(definition.show === undefined ? [] : ["--show", definition.show]),
    ...packs.flatMap((pack) => ["--packs", pack]),
    ...(definition.args ?? []),
    "--",
    ...(definition.paths ?? ["."]),
  ];
  const execution = new vscode.ProcessExecution(found.program, args, { cwd: folder.uri.fsPath });
  const task = new vscode.Task(definition, folder, name, "copydesk", execution, "$copydesk");
  task.detail = "Reads all stories of this folder, as CI does";
  task.presentationOptions = { reveal: vscode.TaskRevealKind.Always, clear: true, panel: vscode.TaskPanelKind.Dedicated };
  return task;
}
