/** Setting the publication date: of one story, or of all; or writing it into the story. */

import * as vscode from "vscode";
import { ExecuteCommandRequest } from "vscode-languageclient/node";

import { longDate, parseDay, writeDay } from "./dates.ts";
import { ServerCommand, StatusRequest } from "./protocol.ts";
import type { Published } from "./protocol.ts";
import type { Server } from "./server.ts";
import { storyEditor } from "./stories.ts";

interface Choice extends vscode.QuickPickItem {
  /** What choosing it does. */
  choose?: () => Promise<void>;
}

/** The publication dates that were set here; they hold until the window is closed. */
export class PublicationDates implements vscode.Disposable {
  readonly #server: Server;
  /** Day by URI of the story, so that a server that is started anew is told again. */
  readonly #set = new Map<string, string>();
  readonly #listening: vscode.Disposable;

  constructor(server: Server) {
    this.#server = server;
    this.#listening = server.onDidChangeHealth((health) => {
      if (health.state === "running") {
        for (const [uri, date] of this.#set) {
          void this.#run(ServerCommand.setDate, { uri, date });
        }
      }
    });
  }

  dispose(): void {
    this.#listening.dispose();
  }

  /**
   * Asks for the publication date of the story in the editor; with a `date` (`2018-02-12`, or `null` for the story's own)
   * sets it at once, for keys and other extensions.
   */
  async set(date?: unknown): Promise<void> {
    const editor = storyEditor();
    if (editor === undefined) {
      return;
    }
    const uri = editor.document.uri.toString();
    const set = async (day: string | null): Promise<void> => {
      if (day === null) {
        this.#set.delete(uri);
      } else {
        this.#set.set(uri, day);
      }
      await this.#run(ServerCommand.setDate, { uri, date: day });
    };
    if (date === null || (typeof date === "string" && parseDay(date) !== undefined)) {
      await set(date);
      return;
    }
    if (date !== undefined) {
      const given = typeof date === "string" ? date : JSON.stringify(date);
      void vscode.window.showErrorMessage(`copydesk: “${given}” is no day; write it like 2018-02-12.`);
      return;
    }
    const client = await this.#server.need();
    if (client === undefined) {
      return;
    }
    const status = await client.sendRequest(StatusRequest, { textDocument: { uri } });
    const insert = (day: string): Promise<void> => this.#run(ServerCommand.insertDate, { uri, date: day });
    await ask(status?.published ?? null, editor, set, insert);
  }

  async #run(command: string, argument: unknown): Promise<void> {
    const client = await this.#server.need();
    try {
      await client?.sendRequest(ExecuteCommandRequest.type, { command, arguments: [argument] });
    } catch (error) {
      void vscode.window.showErrorMessage(`copydesk: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
}

async function ask(
  published: Published | null,
  editor: vscode.TextEditor,
  set: (day: string | null) => Promise<void>,
  insert: (day: string) => Promise<void>,
): Promise<void> {
  const setting = vscode.workspace.getConfiguration("copydesk");
  const picker = vscode.window.createQuickPick<Choice>();
  picker.title =
    published === null
      ? "No publication date is known"
      : `Published ${longDate(published.date)}: ${published.origin === "given" ? "set here" : published.label}`;
  picker.placeholder = "Type a day, such as 2018-02-12, or choose";
  picker.matchOnDescription = true;
  const show = (typed: string): void => {
    const day = typed === "" ? undefined : parseDay(typed);
    picker.items = day === undefined ? choices() : typedChoices(typed);
  };
  const choices = (): Choice[] => {
    const today = new Date();
    const tomorrow = new Date(today.getFullYear(), today.getMonth(), today.getDate() + 1);
    const items: Choice[] = [
      {
        label: "$(book) The story's own date",
        description: "front matter, dateline, byline or file name; else today",
        choose: () => set(null),
      },
      { label: "$(calendar) Today", description: longDate(writeDay(today)), choose: () => set(writeDay(today)) },
      { label: "$(calendar) Tomorrow", description: longDate(writeDay(tomorrow)), choose: () => set(writeDay(tomorrow)) },
    ];
    if (published !== null && published.range === null) {
      items.push({
        label: "$(edit) Write it into the story",
        description: longDate(published.date),
        choose: () => insert(published.date),
      });
    }
    const range = published?.range;
    if (range) {
      items.push({
        label: "$(go-to-file) Go to the date in the story",
        description: longDate(published.date),
        choose: async () => {
          const at = new vscode.Range(range.start.line, range.start.character, range.end.line, range.end.character);
          await vscode.window.showTextDocument(editor.document, { selection: at, viewColumn: editor.viewColumn ?? vscode.ViewColumn.Active });
        },
      });
    }
    const forAll = setting.get<string | null>("date", null);
    if (forAll !== null && forAll !== "") {
      items.push({
        label: "$(gear) Take back the date for all stories",
        description: `copydesk.date is ${forAll}`,
        choose: () => configure(null),
      });
    }
    return items;
  };
  const typedChoices = (day: string): Choice[] => [
    { label: `$(calendar) ${day}`, description: `${longDate(day)}, this story`, alwaysShow: true, choose: () => set(day) },
    { label: `$(gear) ${day}`, description: "all stories in this workspace (copydesk.date)", alwaysShow: true, choose: () => configure(day) },
    { label: `$(edit) Write ${day} into the story`, alwaysShow: true, choose: () => insert(day) },
  ];
  const configure = async (day: string | null): Promise<void> => {
    const target =
      vscode.workspace.workspaceFolders === undefined ? vscode.ConfigurationTarget.Global : vscode.ConfigurationTarget.Workspace;
    await setting.update("date", day ?? undefined, target);
  };
  show("");
  picker.onDidChangeValue((typed) => {
    show(typed.trim());
  });
  const chosen = await new Promise<Choice | undefined>((resolve) => {
    picker.onDidAccept(() => {
      const item = picker.selectedItems[0];
      if (item !== undefined) {
        resolve(item);
        picker.hide();
      }
    });
    picker.onDidHide(() => {
      resolve(undefined);
    });
    picker.show();
  });
  picker.dispose();
  await chosen?.choose?.();
}
