/** The output channel for what is said between the editor and the server. */

import * as vscode from "vscode";

/**
 * A log channel that is filled when the setting `copydesk.trace.server` says so. The language client goes by the channel's
 * log level alone, which is set elsewhere and forgotten by most; so this channel says that it traces when the setting
 * does, and writes what is traced at a level that is shown.
 */
export function traceChannel(): vscode.LogOutputChannel {
  const channel = vscode.window.createOutputChannel("copydesk messages", { log: true });
  const changed = new vscode.EventEmitter<vscode.LogLevel>();
  const level = (): vscode.LogLevel => {
    const wanted = vscode.workspace.getConfiguration("copydesk").get<string>("trace.server", "off");
    return wanted === "off" ? vscode.LogLevel.Info : vscode.LogLevel.Trace;
  };
  const watching = vscode.workspace.onDidChangeConfiguration((change) => {
    if (change.affectsConfiguration("copydesk.trace.server")) {
      changed.fire(level());
    }
  });
  return new Proxy(channel, {
    get(target, name) {
      switch (name) {
        case "logLevel":
          return level();
        case "onDidChangeLogLevel":
          return changed.event;
        case "trace":
          return (message: string, ...more: unknown[]) => {
            target.info(message, ...more);
          };
        case "dispose":
          return () => {
            watching.dispose();
            changed.dispose();
            target.dispose();
          };
        default:
          return Reflect.get(target, name) as unknown;
      }
    },
  });
}
