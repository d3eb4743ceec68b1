/** What VS Code calls: everything is put together here, and nothing is decided. */

import * as vscode from "vscode";

import { FactSheet } from "./factSheet.ts";
import { howToInstall, openExample, openSettingsFile } from "./files.ts";
import { fixAll } from "./fixAll.ts";
import { PublicationDates } from "./publicationDate.ts";
import { explain, registerRulePages, toggle } from "./rules.ts";
import { complainMissing, Server } from "./server.ts";
import { StatusBar } from "./statusBar.ts";
import { checkWorkspace, registerTasks } from "./tasks.ts";
import { completeSchemaAddress } from "./tomlSchema.ts";
import { traceChannel } from "./trace.ts";

/** What other extensions, and the tests, can use. */
export interface Api {
  readonly server: Server;
  readonly statusBar: StatusBar;
  readonly factSheet: FactSheet;
}

export async function activate(context: vscode.ExtensionContext): Promise<Api> {
  completeSchemaAddress(context.extension);
  const log = vscode.window.createOutputChannel("copydesk", { log: true });
  const trace = traceChannel();
  const server = new Server(context, log, trace);
  const statusBar = new StatusBar(server);
  const factSheet = new FactSheet(context, server, statusBar);
  const dates = new PublicationDates(server);
  const on = (name: string, run: (argument?: unknown) => unknown): vscode.Disposable =>
    vscode.commands.registerCommand(`copydesk.${name}`, run);
  context.subscriptions.push(
    log,
    trace,
    factSheet,
    statusBar,
    dates,
    server,
    registerTasks(server),
    registerRulePages(server),
    on("checkWorkspace", () => checkWorkspace(server)),
    on("explain", (id) => explain(server, id)),
    on("fixAll", () => fixAll(server)),
    on("howToInstall", () => howToInstall(context)),
    on("openExample", () => openExample(context)),
    on("openSettingsFile", openSettingsFile),
    on("restart", async () => {
      await server.restart();
      await server.need();
    }),
    on("setPublicationDate", (date) => dates.set(date)),
    on("showFactSheet", (uri) => factSheet.show(uri)),
    on("showLog", () => {
      log.show();
    }),
    on("toggleRule", (id) => toggle(server, id)),
    vscode.workspace.onDidChangeConfiguration((change) => {
      // Which program runs, and for which languages, is settled when the server starts.
      if (change.affectsConfiguration("copydesk.path") || change.affectsConfiguration("copydesk.languages")) {
        void server.restart();
      }
    }),
    vscode.workspace.onDidGrantWorkspaceTrust(() => {
      // The workspace may name a program now, or hold the one that is on PATH.
      void server.restart();
    }),
  );
  await server.restart();
  if (server.health.state === "missing") {
    void complainMissing(server.health.reason);
  }
  return { server, statusBar, factSheet };
}
