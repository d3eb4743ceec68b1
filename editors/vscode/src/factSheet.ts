/**
 * The fact sheet beside the story, kept true while the story is edited: a click goes to the place in the text, and what is
 * ticked is written into the ledger by the server.
 */

import { randomBytes } from "node:crypto";
import * as path from "node:path";
import * as vscode from "vscode";

import { ExecuteCommandRequest } from "vscode-languageclient/node";

import { longDate } from "./dates.ts";
import { FactsRequest, ServerCommand } from "./protocol.ts";
import type { Facts } from "./protocol.ts";
import type { Server } from "./server.ts";
import type { StatusBar } from "./statusBar.ts";
import { isStory, storyEditor } from "./stories.ts";
import { desk } from "./webview/desk.ts";
import { sections } from "./webview/sections.ts";
import type { Decision, FromPage, Place, ToPage } from "./webview/sections.ts";

export const VIEW = "copydesk.factSheet";

/** Ledgers lie beside their stories; what others write there is shown, too. */
const LEDGERS = "**/*.facts.toml";

/** Milliseconds after which a ledger that changed has been read by the server. */
const READ = 250;

interface Kept {
  uri: string;
}

/** The one fact sheet of the window; it shows the story for which it was asked last. */
export class FactSheet implements vscode.Disposable {
  readonly #context: vscode.ExtensionContext;
  readonly #server: Server;
  readonly #disposables: vscode.Disposable[] = [];
  #panel: vscode.WebviewPanel | undefined;
  #uri: vscode.Uri | undefined;
  /** What is shown; for tests, which cannot look into the page. */
  #shown: ToPage | undefined;
  /** Grows with each asking, so that a late answer does not replace a newer one. */
  #asked = 0;

  constructor(context: vscode.ExtensionContext, server: Server, statusBar: StatusBar) {
    this.#context = context;
    this.#server = server;
    const refresh = (uri: string): void => {
      if (vscode.Uri.parse(uri).toString() === this.#uri?.toString()) {
        void this.#refresh();
      }
    };
    this.#disposables.push(
      statusBar.onDidChangeStatus((status) => {
        refresh(status.uri);
      }),
      vscode.window.onDidChangeActiveTextEditor((editor) => {
        // The sheet follows the user from story to story.
        if (this.#panel !== undefined && editor !== undefined && isStory(editor.document)) {
          this.#turnTo(editor.document.uri);
        }
      }),
      this.#watchLedgers(),
      vscode.window.registerWebviewPanelSerializer(VIEW, {
        deserializeWebviewPanel: async (panel: vscode.WebviewPanel, state: Kept | undefined) => {
          this.#adopt(panel);
          if (state?.uri !== undefined) {
            this.#turnTo(vscode.Uri.parse(state.uri));
          }
          await Promise.resolve();
        },
      }),
    );
  }

  /** What the page shows. */
  get shown(): ToPage | undefined {
    return this.#shown;
  }

  /** Shows the fact sheet of the story with this URI, or of the one in the editor. */
  async show(given?: unknown): Promise<void> {
    const uri = typeof given === "string" ? vscode.Uri.parse(given) : storyEditor()?.document.uri;
    if (uri === undefined || (await this.#server.need()) === undefined) {
      return;
    }
    if (this.#panel === undefined) {
      const place = { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true };
      this.#adopt(vscode.window.createWebviewPanel(VIEW, "Fact sheet", place, this.#options()));
    } else {
      this.#panel.reveal(undefined, true);
    }
    this.#turnTo(uri);
    await this.#refresh();
  }

  /** Goes to a place in the story. */
  async goTo(place: Place): Promise<void> {
    const uri = this.#uri;
    if (uri === undefined) {
      return;
    }
    const shown = vscode.window.visibleTextEditors.find((editor) => editor.document.uri.toString() === uri.toString());
    const selection = new vscode.Range(place.start.line, place.start.character, place.end.line, place.end.character);
    await vscode.window.showTextDocument(shown?.document ?? (await vscode.workspace.openTextDocument(uri)), {
      viewColumn: shown?.viewColumn ?? vscode.ViewColumn.One,
      selection,
    });
  }

  /** Writes what was decided into the ledger, and shows how the facts stand then. */
  async mark(decision: Decision): Promise<void> {
    const [uri, client] = [this.#uri, await this.#server.need()];
    if (uri === undefined || client === undefined) {
      return;
    }
    const marked = { uri: uri.toString(), state: null, sources: [], note: null, by: null, ...decision };
    try {
      await client.sendRequest(ExecuteCommandRequest.type, { command: ServerCommand.markFacts, arguments: [marked] });
    } catch (error) {
      void vscode.window.showErrorMessage(`copydesk: ${error instanceof Error ? error.message : String(error)}`);
    }
    // The page ticks nothing by itself: where nothing was written, this sets its box right again.
    await this.#refresh();
  }

  /** Goes to the passage of a source on which the fact at a place rests. */
  async goToPassage(place: Place): Promise<void> {
    const [uri, client] = [this.#uri, await this.#server.need()];
    if (uri === undefined || client === undefined) {
      return;
    }
    // Whoever asks for a source checks the story, whether or not it has a ledger by now.
    await client.sendRequest(ExecuteCommandRequest.type, { command: ServerCommand.checkFacts, arguments: [{ uri: uri.toString() }] });
    const at = new vscode.Position(place.start.line, place.start.character);
    const found = await vscode.commands.executeCommand<(vscode.Location | vscode.LocationLink)[]>(
      "vscode.executeDefinitionProvider",
      uri,
      at,
    );
    const targets = found.map((one) =>
      "targetUri" in one ? { uri: one.targetUri, range: one.targetSelectionRange ?? one.targetRange } : { uri: one.uri, range: one.range },
    );
    // A person's first mention is a definition, too, and it is in the story.
    const passage = targets.find((target) => target.uri.toString() !== uri.toString());
    if (passage === undefined) {
      // Pages and cells are no lines, so no editor goes there; what stands there is told all the same.
      const fact = this.shown?.desk?.facts.find((one) => one.places.some((known) => JSON.stringify(known) === JSON.stringify(place)));
      const found = fact !== undefined && fact.found !== "" ? `${fact.found}; open that file by itself` : "these words stand in none of the story’s sources";
      void vscode.window.showInformationMessage(`copydesk: ${found}.`);
      return;
    }
    await vscode.window.showTextDocument(passage.uri, { selection: passage.range, viewColumn: vscode.ViewColumn.One });
  }

  dispose(): void {
    this.#panel?.dispose();
    for (const disposable of this.#disposables) {
      disposable.dispose();
    }
  }

  #watchLedgers(): vscode.Disposable {
    const watcher = vscode.workspace.createFileSystemWatcher(LEDGERS);
    const changed = (ledger: vscode.Uri): void => {
      // It lies beside its story, or in the folder that the settings name.
      const name = this.#uri?.path.split("/").pop();
      if (name !== undefined && ledger.path.endsWith(`/${name}.facts.toml`)) {
        // The server hears of the file at the same time as the extension does.
        setTimeout(() => void this.#refresh(), READ);
      }
    };
    watcher.onDidChange(changed);
    watcher.onDidCreate(changed);
    watcher.onDidDelete(changed);
    return watcher;
  }

  #options(): vscode.WebviewOptions & vscode.WebviewPanelOptions {
    const roots = ["dist", "media"].map((folder) => vscode.Uri.joinPath(this.#context.extensionUri, folder));
    return { enableScripts: true, localResourceRoots: roots, enableFindWidget: true };
  }

  #adopt(panel: vscode.WebviewPanel): void {
    this.#panel?.dispose();
    this.#panel = panel;
    panel.iconPath = vscode.Uri.joinPath(this.#context.extensionUri, "images", "icon.png");
    panel.webview.options = this.#options();
    panel.onDidDispose(() => {
      if (this.#panel === panel) {
        this.#panel = undefined;
        this.#uri = undefined;
        this.#shown = undefined;
      }
    });
    panel.webview.onDidReceiveMessage((message: FromPage) => {
      switch (message.kind) {
        case "ready":
          // A page that was hidden starts anew and has forgotten everything.
          this.#post();
          return;
        case "go":
          void this.goTo(message.place);
          return;
        case "passage":
          void this.goToPassage(message.place);
          return;
        case "mark":
          void this.mark({
            facts: message.facts,
            ...(message.state === undefined ? {} : { state: message.state }),
            ...(message.sources === undefined ? {} : { sources: message.sources }),
            ...(message.note === undefined ? {} : { note: message.note }),
          });
          return;
        case "date":
          void vscode.commands.executeCommand("copydesk.setPublicationDate");
          return;
      }
    });
    panel.webview.html = this.#html(panel.webview);
  }

  #turnTo(uri: vscode.Uri): void {
    if (uri.toString() === this.#uri?.toString()) {
      return;
    }
    this.#uri = uri;
    void this.#refresh();
  }

  async #refresh(): Promise<void> {
    const [uri, client] = [this.#uri, this.#server.client];
    if (uri === undefined || client === undefined || this.#panel === undefined) {
      return;
    }
    const asked = ++this.#asked;
    let facts: Facts | null = null;
    try {
      facts = await client.sendRequest(FactsRequest, { textDocument: { uri: uri.toString() }, all: true });
    } catch {
      // The story was closed, or the server ended: what is shown stays, because the next status brings what holds then.
      return;
    }
    if (asked !== this.#asked || facts === null) {
      return;
    }
    const name = path.posix.basename(uri.path);
    this.#panel.title = `Facts: ${name}`;
    const document = vscode.workspace.textDocuments.find((candidate) => candidate.uri.toString() === uri.toString());
    const text = (place: Place): string => {
      const range = new vscode.Range(place.start.line, place.start.character, place.end.line, place.end.character);
      return document?.getText(range) ?? "";
    };
    const published = facts.published === null ? null : { ...facts.published, long: longDate(facts.published.date) };
    this.#shown = {
      uri: uri.toString(),
      name,
      words: facts.words,
      published,
      sections: sections(facts, text),
      desk: facts.checkup === undefined ? null : desk(facts.checkup),
    };
    this.#post();
  }

  #post(): void {
    if (this.#shown !== undefined) {
      void this.#panel?.webview.postMessage(this.#shown);
    }
  }

  #html(webview: vscode.Webview): string {
    const file = (...parts: string[]): string =>
      webview.asWebviewUri(vscode.Uri.joinPath(this.#context.extensionUri, ...parts)).toString();
    const nonce = randomBytes(16).toString("hex");
    return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src ${webview.cspSource}; script-src 'nonce-${nonce}';">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="${file("media", "factSheet.css")}">
<title>Fact sheet</title>
</head>
<body>
<main id="sheet"><p class="quiet">Reading the story…</p></main>
<script nonce="${nonce}" src="${file("dist", "factSheet.js")}"></script>
</body>
</html>`;
  }
}
