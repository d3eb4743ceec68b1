/** The story's state in the status bar: findings by severity, and the publication date in force. */

import * as vscode from "vscode";

import { longDate } from "./dates.ts";
import { SEVERITIES, StatusChanged } from "./protocol.ts";
import type { Severity, Status } from "./protocol.ts";
import type { Health, Server } from "./server.ts";
import { isStory } from "./stories.ts";

const ICONS: Record<Severity, string> = { error: "error", warning: "warning", query: "question", hint: "lightbulb" };
const NAMES: Record<Severity, [string, string]> = {
  error: ["error", "errors"],
  warning: ["warning", "warnings"],
  query: ["query", "queries"],
  hint: ["hint", "hints"],
};

/** Keeps the status bar true to the story in the active editor. */
export class StatusBar implements vscode.Disposable {
  readonly #server: Server;
  readonly #statuses = new Map<string, Status>();
  readonly #disposables: vscode.Disposable[] = [];
  readonly #changed = new vscode.EventEmitter<Status>();
  readonly #item = vscode.window.createStatusBarItem("copydesk.status", vscode.StatusBarAlignment.Right, 100);

  /** Tells of the new status of a story. */
  readonly onDidChangeStatus = this.#changed.event;

  constructor(server: Server) {
    this.#server = server;
    this.#item.name = "copydesk";
    const show = (): void => {
      this.#show();
    };
    this.#disposables.push(
      this.#item,
      this.#changed,
      vscode.window.onDidChangeActiveTextEditor(show),
      vscode.workspace.onDidOpenTextDocument(show),
      server.onDidChangeHealth((health) => {
        if (health.state !== "running") {
          this.#statuses.clear();
        }
        this.#show();
      }),
      server.onWillStart((client) => {
        client.onNotification(StatusChanged, (status) => {
          this.#statuses.set(key(vscode.Uri.parse(status.uri)), status);
          this.#changed.fire(status);
          this.#show();
        });
      }),
      vscode.workspace.onDidCloseTextDocument((document) => {
        this.#statuses.delete(key(document.uri));
      }),
    );
    this.#show();
  }

  /** What the status bar says; `undefined` where it says nothing. */
  get text(): string | undefined {
    return this.#visible ? this.#item.text : undefined;
  }

  #visible = false;

  /** The last known status of a story. */
  status(uri: vscode.Uri): Status | undefined {
    return this.#statuses.get(key(uri));
  }

  dispose(): void {
    for (const disposable of this.#disposables) {
      disposable.dispose();
    }
  }

  #show(): void {
    const document = vscode.window.activeTextEditor?.document;
    this.#visible = document !== undefined && isStory(document);
    void vscode.commands.executeCommand("setContext", "copydesk.isStory", this.#visible);
    if (document === undefined || !this.#visible) {
      this.#item.hide();
      return;
    }
    const { health } = this.#server;
    const status = this.status(document.uri);
    if (health.state === "running" && status !== undefined) {
      this.#showStatus(status);
    } else {
      this.#showHealth(health);
    }
    this.#item.show();
  }

  #showStatus(status: Status): void {
    const found = SEVERITIES.filter((severity) => status.findings[severity] > 0);
    const counts = found.map((severity) => `$(${ICONS[severity]}) ${status.findings[severity]}`);
    const date = status.published === null ? "$(calendar) no date" : `$(calendar) ${status.published.date}`;
    this.#item.text = [...(counts.length === 0 ? ["$(pass)"] : counts), date].join(" ");
    this.#item.tooltip = tooltip(status, found);
    this.#item.command = "copydesk.setPublicationDate";
    this.#item.backgroundColor =
      status.findings.error > 0 ? new vscode.ThemeColor("statusBarItem.errorBackground") : undefined;
    this.#item.accessibilityInformation = { label: `copydesk: ${spoken(status, found)}`, role: "button" };
  }

  #showHealth(health: Health): void {
    const waits = health.state === "starting" || health.state === "running";
    this.#item.text = waits ? "$(loading~spin) copydesk" : "$(warning) copydesk";
    this.#item.backgroundColor = waits ? undefined : new vscode.ThemeColor("statusBarItem.warningBackground");
    switch (health.state) {
      case "starting":
      case "running":
        this.#item.tooltip = "copydesk reads the story";
        this.#item.command = "copydesk.showLog";
        break;
      case "stopped":
        this.#item.tooltip = "copydesk does not run; click to start it";
        this.#item.command = "copydesk.restart";
        break;
      case "missing":
        this.#item.tooltip = `${health.reason} Click to see what to do.`;
        this.#item.command = "copydesk.restart";
        break;
      case "failed":
        this.#item.tooltip = health.reason;
        this.#item.command = "copydesk.showLog";
        break;
    }
    this.#item.accessibilityInformation = { label: `copydesk: ${health.state}`, role: "button" };
  }
}

function key(uri: vscode.Uri): string {
  return uri.toString();
}

function counted(severity: Severity, count: number): string {
  return `${count} ${NAMES[severity][count === 1 ? 0 : 1]}`;
}

function spoken(status: Status, found: Severity[]): string {
  const counts = found.map((severity) => counted(severity, status.findings[severity]));
  const date = status.published === null ? "no publication date" : `published ${longDate(status.published.date)}`;
  return [...(counts.length === 0 ? ["no findings"] : counts), date].join(", ");
}

function tooltip(status: Status, found: Severity[]): vscode.MarkdownString {
  const text = new vscode.MarkdownString("", true);
  text.isTrusted = {
    enabledCommands: ["copydesk.setPublicationDate", "copydesk.showFactSheet", "copydesk.fixAll", "workbench.actions.view.problems"],
  };
  const lines = found.map((severity) => `$(${ICONS[severity]}) ${counted(severity, status.findings[severity])}`);
  text.appendMarkdown(`**copydesk**\n\n${lines.length === 0 ? "$(pass) Nothing found" : lines.join("  \n")}\n\n---\n\n`);
  const { published } = status;
  if (published === null) {
    text.appendMarkdown("$(calendar) No publication date is known, so “Sunday” and “last month” are not resolved.");
  } else {
    text.appendMarkdown(`$(calendar) Published **${longDate(published.date)}** (${origin(published.origin, published.label)})`);
  }
  if (status.length !== undefined) {
    const { words, minutes, grade } = status.length;
    const read = `${words} ${words === 1 ? "word" : "words"}, ${minutes} min to read`;
    text.appendMarkdown(`  \n$(book) ${read}${grade === null ? "" : `, grade ${grade}`}`);
  }
  if (status.facts) {
    text.appendMarkdown(`  \n$(checklist) ${status.facts}`);
  }
  const links = [
    "[Change the date](command:copydesk.setPublicationDate)",
    "[Fact sheet](command:copydesk.showFactSheet)",
    "[Safe fixes](command:copydesk.fixAll)",
    "[Problems](command:workbench.actions.view.problems)",
  ];
  text.appendMarkdown(`\n\n---\n\n${links.join(" · ")}`);
  return text;
}

function origin(kind: string, label: string): string {
  return kind === "given" ? "set here" : label;
}
