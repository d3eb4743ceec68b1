/** The language server: found, started, restarted, and asked. */

import * as os from "node:os";
import * as path from "node:path";
import * as vscode from "vscode";
import {
  CloseAction,
  ErrorAction,
  LanguageClient,
  RevealOutputChannelOn,
  State,
  TransportKind,
} from "vscode-languageclient/node";
import type {
  ClientCapabilities,
  CloseHandlerResult,
  ErrorHandler,
  ErrorHandlerResult,
  Middleware,
  StaticFeature,
} from "vscode-languageclient/node";

import { findProgram } from "./program.ts";
import type { Found } from "./program.ts";
import { ServerCommand } from "./protocol.ts";
import { selector } from "./stories.ts";

/** How the server is. */
export type Health =
  | { readonly state: "starting" | "running" | "stopped" }
  | { readonly state: "missing" | "failed"; readonly reason: string };

/** Announces to the server what the editor shows by itself: the status of stories, and findings above a hover. */
class ShowsByItself implements StaticFeature {
  fillClientCapabilities(capabilities: ClientCapabilities): void {
    const known = capabilities.experimental as Record<string, unknown> | undefined;
    capabilities.experimental = { ...known, copydesk: { status: true, hoversFindings: true } };
  }
  initialize(): void {
    // Nothing is registered.
  }
  getState(): { kind: "static" } {
    return { kind: "static" };
  }
  clear(): void {
    // Nothing was registered.
  }
}

/** How often a server that ends by itself is started again, and within how many milliseconds. */
const RESTARTS = 5;
const WITHIN = 3 * 60_000;

/**
 * What happens when the server ends by itself: it is started again, unless it does so all the time.
 *
 * Without this, requests that were on their way when it ended count as errors, and after a few of them the client gives
 * the server up instead of starting it again.
 */
class Restarts implements ErrorHandler {
  #ended: number[] = [];

  error(): ErrorHandlerResult {
    return { action: ErrorAction.Continue, handled: true };
  }

  closed(): CloseHandlerResult {
    const now = Date.now();
    this.#ended = [...this.#ended.filter((time) => now - time < WITHIN), now];
    return this.#ended.length <= RESTARTS
      ? { action: CloseAction.Restart, handled: true }
      : { action: CloseAction.DoNotRestart, message: "copydesk ended several times in a few minutes; its log says more." };
  }
}

/** The server, as the rest of the extension sees it. */
export class Server implements vscode.Disposable {
  readonly #context: vscode.ExtensionContext;
  readonly #log: vscode.LogOutputChannel;
  readonly #trace: vscode.LogOutputChannel;
  readonly #changed = new vscode.EventEmitter<Health>();
  readonly #started = new vscode.EventEmitter<LanguageClient>();
  #client: LanguageClient | undefined;
  #health: Health = { state: "stopped" };
  /** Starts and stops happen one after the other. */
  #turn: Promise<void> = Promise.resolve();

  /** Tells when the server became another. */
  readonly onDidChangeHealth = this.#changed.event;
  /** Gives each new client before it is started, so that its messages can be listened to. */
  readonly onWillStart = this.#started.event;

  constructor(context: vscode.ExtensionContext, log: vscode.LogOutputChannel, trace: vscode.LogOutputChannel) {
    this.#context = context;
    this.#log = log;
    this.#trace = trace;
  }

  get health(): Health {
    return this.#health;
  }

  /** The client of a server that runs. */
  get client(): LanguageClient | undefined {
    return this.#health.state === "running" ? this.#client : undefined;
  }

  /** The client of a server that runs; says to the user why there is none. */
  async need(): Promise<LanguageClient | undefined> {
    await this.#turn;
    if (this.client === undefined) {
      await this.#complain();
    }
    return this.client;
  }

  /** Where the program is. */
  find(): Found {
    return findProgram({
      configured: vscode.workspace.getConfiguration("copydesk").get<string>("path", "").trim(),
      bundled: path.join(this.#context.extensionPath, "bin", process.platform === "win32" ? "copydesk.exe" : "copydesk"),
      searchPath: process.env.PATH ?? "",
      home: os.homedir(),
      folders: (vscode.workspace.workspaceFolders ?? []).map((folder) => folder.uri.fsPath),
      trusted: vscode.workspace.isTrusted,
    });
  }

  /** Starts the server, or ends it first and starts it anew. */
  restart(): Promise<void> {
    return this.#inTurn(async () => {
      await this.#end();
      await this.#begin();
    });
  }

  /** Ends the server. */
  stop(): Promise<void> {
    return this.#inTurn(() => this.#end());
  }

  dispose(): void {
    void this.stop();
  }

  async #inTurn(work: () => Promise<void>): Promise<void> {
    this.#turn = this.#turn.then(work, work);
    await this.#turn;
  }

  async #begin(): Promise<void> {
    const found = this.find();
    if (found.program === undefined) {
      this.#log.error(found.reason);
      this.#become({ state: "missing", reason: found.reason });
      return;
    }
    this.#log.info(`starting ${found.program} (found by ${found.origin})`);
    const client = new LanguageClient(
      "copydesk",
      "copydesk",
      // The working folder is one that no workspace decides.
      { command: found.program, args: ["lsp"], transport: TransportKind.stdio, options: { cwd: os.homedir() } },
      {
        documentSelector: selector(),
        outputChannel: this.#log,
        traceOutputChannel: this.#trace,
        revealOutputChannelOn: RevealOutputChannelOn.Never,
        initializationOptions: () => vscode.workspace.getConfiguration("copydesk"),
        errorHandler: new Restarts(),
        middleware: middleware(),
      },
    );
    client.registerFeature(new ShowsByItself());
    client.onDidChangeState((change) => {
      if (client === this.#client) {
        this.#follow(change.newState);
      }
    });
    this.#client = client;
    this.#become({ state: "starting" });
    this.#started.fire(client);
    try {
      await client.start();
    } catch (error) {
      const reason = `${found.program} cannot be started as a language server: ${String(error)}`;
      this.#log.error(reason);
      this.#client = undefined;
      this.#become({ state: "failed", reason });
    }
  }

  async #end(): Promise<void> {
    const client = this.#client;
    this.#client = undefined;
    if (client === undefined) {
      return;
    }
    this.#become({ state: "stopped" });
    try {
      await client.dispose();
    } catch (error) {
      this.#log.warn(`the server did not end as it should: ${String(error)}`);
    }
  }

  #follow(state: State): void {
    switch (state) {
      case State.Starting:
        this.#become({ state: "starting" });
        return;
      case State.Running:
        this.#become({ state: "running" });
        return;
      case State.StartFailed:
        this.#become({ state: "failed", reason: "The server ended as soon as it was started; its log says more." });
        return;
      case State.Stopped:
        this.#become({ state: "stopped" });
        return;
    }
  }

  #become(health: Health): void {
    this.#health = health;
    this.#changed.fire(health);
  }

  /** Says why there is no server, and what can be done. */
  async #complain(): Promise<void> {
    if (this.#health.state === "missing") {
      await complainMissing(this.#health.reason);
      return;
    }
    const reason = this.#health.state === "failed" ? this.#health.reason : "The server does not run.";
    const choice = await vscode.window.showErrorMessage(`copydesk: ${reason}`, "Restart", "Show Log");
    if (choice === "Restart") {
      await this.restart();
    } else if (choice === "Show Log") {
      this.#log.show();
    }
  }
}

/** Says that there is no program, and what can be done. */
export async function complainMissing(reason: string): Promise<void> {
  const choice = await vscode.window.showErrorMessage(`copydesk: ${reason}`, "How to Install It", "Set Its Path");
  if (choice === "How to Install It") {
    await vscode.commands.executeCommand("copydesk.howToInstall");
  } else if (choice === "Set Its Path") {
    await vscode.commands.executeCommand("workbench.action.openSettings", "copydesk.path");
  }
}

function middleware(): Middleware {
  return {
    // What the server offers as commands is shown the way VS Code shows things.
    executeCommand(command, given: unknown[], next) {
      switch (command) {
        case ServerCommand.factSheet:
          return vscode.commands.executeCommand("copydesk.showFactSheet", ...given);
        case ServerCommand.explainRule:
          return vscode.commands.executeCommand("copydesk.explain", ...given);
        default:
          return next(command, given) as unknown;
      }
    },
  };
}
