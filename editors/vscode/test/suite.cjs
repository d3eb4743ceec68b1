// The tests that run inside VS Code's extension host, with its own interface. `test/host.mjs` starts them.
"use strict";

const assert = require("node:assert");
const childProcess = require("node:child_process");
const fs = require("node:fs");
const vscode = require("vscode");

/** How long a test waits for one thing, and how long it may take. */
const TIME = 20_000;
const TEST = 45_000;

/** Waits until `holds` gives something, and gives that. What it throws counts as not yet. */
async function until(what, holds, time = TIME) {
  let last;
  for (const end = Date.now() + time; ; ) {
    try {
      const found = await holds();
      if (found) {
        return found;
      }
    } catch (error) {
      last = error;
    }
    if (Date.now() > end) {
      throw new Error(`waited in vain: ${what}${last === undefined ? "" : `\n${last.stack}`}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
}

const folder = () => vscode.workspace.workspaceFolders[0].uri;
const settings = () => vscode.workspace.getConfiguration("copydesk");
const extension = () => vscode.extensions.getExtension("copydesk.copydesk");
const run = (command, ...given) => vscode.commands.executeCommand(command, ...given);

let stories = 0;

/** A new story, in an editor. An emoji and an accent stand before each finding, so that wrong columns show. */
async function open(text, name = `story-${++stories}.md`) {
  const uri = vscode.Uri.joinPath(folder(), name);
  await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
  const document = await vscode.workspace.openTextDocument(uri);
  await vscode.window.showTextDocument(document, vscode.ViewColumn.One);
  return document;
}

const ruleOf = (finding) => (typeof finding.code === "object" ? finding.code.value : finding.code);
const findings = (document, rule) =>
  vscode.languages
    .getDiagnostics(document.uri)
    .filter((found) => found.source === "copydesk" && (rule === undefined || ruleOf(found) === rule));
const finding = (document, rule) => until(`a finding of ${rule}`, () => findings(document, rule)[0]);
const gone = (document, rule) => until(`no finding of ${rule}`, () => findings(document, rule).length === 0);

/** VS Code cancels a request for code actions when any extension registers a provider, as at the start: asks again. */
const action = (document, range, title) =>
  until(`the action “${title}”`, async () => {
    const offered = await run("vscode.executeCodeActionProvider", document.uri, range, vscode.CodeActionKind.QuickFix.value, 20);
    return offered.find((candidate) => candidate.title.includes(title) && candidate.edit !== undefined);
  });

const at = (document, words) => {
  const start = document.getText().indexOf(words);
  assert.ok(start >= 0, `“${words}” is not in the story`);
  return new vscode.Range(document.positionAt(start), document.positionAt(start + words.length));
};

const QUOTE = "# Library Roof\n\nIn a café 😀, “the builders insists of starting,” Pavel Oduya said on Sunday.\n";

const tests = {
  async "the extension is active on a story"() {
    await open("# Hello\n\nNothing here.\n");
    await until("it is active", () => extension().isActive);
    await until("the server runs", () => extension().exports.server.health.state === "running");
  },

  async "a finding stands at its text, behind an emoji and an accent"() {
    const document = await open("# Fares to Rise\n\nCafé 😀 Row: the council insists of meeting.\n");
    const found = await finding(document, "words/verb-preposition");
    assert.strictEqual(document.getText(found.range), "insists of");
    assert.match(found.message, /insists on/);
    assert.strictEqual(found.severity, vscode.DiagnosticSeverity.Warning);
    assert.strictEqual(findings(document, "words/verb-preposition").length, 1);
  },

  async "a wrong word in a quote has choices; one is applied and undone"() {
    const document = await open(QUOTE);
    const found = await finding(document, "words/verb-preposition");
    assert.strictEqual(document.getText(found.range), "insists of");
    await action(document, found.range, "Ask the reporter");
    await action(document, found.range, "[sic]");
    await action(document, found.range, "Paraphrase");
    const chosen = await action(document, found.range, "Correct the transcription to “insists on”");
    assert.ok(await vscode.workspace.applyEdit(chosen.edit));
    assert.strictEqual(document.getText(), QUOTE.replace("insists of", "insists on"));
    await gone(document, "words/verb-preposition");
    await run("undo");
    assert.strictEqual(document.getText(), QUOTE);
    await finding(document, "words/verb-preposition");
  },

  async "all safe fixes are made at once, and quotes are left alone"() {
    const before = "# Fares\n\nCafé 😀: the fund is a 501(c)3 group , and pays. “A 501(c)3 insists of it,” Ana Ruiz said.\n";
    const document = await open(before);
    await finding(document, "words/tax-section");
    await run("copydesk.fixAll");
    await until("the fixes are made", () => document.getText() !== before);
    const [copy, quote] = document.getText().split("“");
    assert.strictEqual(copy, "# Fares\n\nCafé 😀: the fund is a 501(c)(3) group, and pays. ");
    assert.strictEqual(quote, "A 501(c)3 insists of it,” Ana Ruiz said.\n");
    await run("undo");
    assert.strictEqual(document.getText(), before, "one undo takes all of it back");
  },

  async "a hover explains the rule"() {
    const document = await open(QUOTE);
    const found = await finding(document, "words/verb-preposition");
    const shown = await until("a hover", async () => {
      const hovers = await run("vscode.executeHoverProvider", document.uri, found.range.start);
      const text = hovers.flatMap((hover) => hover.contents).map((content) => content.value ?? content).join("\n");
      return /preposition/.test(text) && text;
    });
    assert.match(shown, /readers stumble over it/);
    assert.ok(!shown.includes(found.message), "VS Code itself shows the message above it");
  },

  async "a person is renamed wherever she is named"() {
    const document = await open("# Pier\n\nCafé 😀: Ana Ruiz opened the pier. “It is done,” Ruiz said. Ruiz’s brother left.\n");
    await until("she is known", () => findings(document) && run("vscode.executeDocumentSymbolProvider", document.uri));
    const edit = await until("a rename", () =>
      run("vscode.executeDocumentRenameProvider", document.uri, at(document, "Ana Ruiz").start, "Ana Ruíz-Vega"),
    );
    assert.ok(await vscode.workspace.applyEdit(edit));
    assert.strictEqual(
      document.getText(),
      "# Pier\n\nCafé 😀: Ana Ruíz-Vega opened the pier. “It is done,” Ruíz-Vega said. Ruíz-Vega’s brother left.\n",
    );
  },

  async "the outline shows headline and quotes"() {
    const document = await open(QUOTE);
    // VS Code's own Markdown outline is in the list as well.
    const lines = (symbols) => symbols.flatMap((symbol) => [`${symbol.name} · ${symbol.detail}`, ...lines(symbol.children)]);
    let shown = [];
    try {
      await until("an outline", async () => {
        shown = lines((await run("vscode.executeDocumentSymbolProvider", document.uri)) ?? []);
        return shown.some((line) => line.includes("Pavel Oduya")) && shown.some((line) => line.startsWith("Library Roof"));
      });
    } catch (error) {
      throw new Error(`${error.message}: ${shown.join(" | ")}`);
    }
  },

  async "dates resolve by the publication date, and anew when it is changed"() {
    const document = await open(QUOTE);
    const hint = (day) =>
      until(`Sunday is ${day}`, async () => {
        const whole = new vscode.Range(0, 0, document.lineCount, 0);
        const hints = await run("vscode.executeInlayHintProvider", document.uri, whole);
        const label = (one) => (typeof one.label === "string" ? one.label : one.label.map((part) => part.value).join(""));
        return hints.find((one) => label(one).includes(day) && one.position.isEqual(at(document, "Sunday").end));
      });
    const { statusBar } = extension().exports;
    await hint("2018-02-11");
    await until("the status bar says so", () => statusBar.text?.includes("2018-02-12"));
    await run("copydesk.setPublicationDate", "2018-03-07");
    await hint("2018-03-04");
    await until("the status bar says so", () => statusBar.text?.includes("2018-03-07"));
    await run("copydesk.setPublicationDate", null);
    await hint("2018-02-11");
    await settings().update("date", "2018-05-02", vscode.ConfigurationTarget.Workspace);
    await hint("2018-04-29");
    await settings().update("date", undefined, vscode.ConfigurationTarget.Workspace);
    await hint("2018-02-11");
  },

  async "the status bar counts findings by severity"() {
    const document = await open("# Fares\n\nCafé 😀: the council insists of it. TK\n");
    await finding(document, "leftovers/tk");
    const text = await until("a count", () => {
      const shown = extension().exports.statusBar.text;
      return shown?.includes("$(error)") && shown;
    });
    const count = (severity) => findings(document).filter((found) => found.severity === severity).length;
    assert.ok(text.includes(`$(error) ${count(vscode.DiagnosticSeverity.Error)}`), text);
    assert.ok(text.includes(`$(warning) ${count(vscode.DiagnosticSeverity.Warning)}`), text);
  },

  async "copydesk.toml takes effect when it changes"() {
    const document = await open(QUOTE);
    await finding(document, "words/verb-preposition");
    const file = vscode.Uri.joinPath(folder(), "copydesk.toml");
    await vscode.workspace.fs.writeFile(file, new TextEncoder().encode('[rules]\n"words/verb-preposition" = "off"\n'));
    await gone(document, "words/verb-preposition");
    await vscode.workspace.fs.writeFile(file, new TextEncoder().encode('[rules]\n"words/verb-prepositon" = "off"\n'));
    await finding(document, "words/verb-preposition");
    const wrong = await until("the mistake is shown", () => vscode.languages.getDiagnostics(file)[0]);
    assert.match(wrong.message, /did you mean `words\/verb-preposition`/);
    await vscode.workspace.fs.delete(file);
    await until("the mistake is gone", () => vscode.languages.getDiagnostics(file).length === 0);
  },

  async "what is ignored in the project is gone before copydesk.toml is saved"() {
    const document = await open(QUOTE);
    const found = await finding(document, "words/verb-preposition");
    const ignore = await action(document, found.range, "Ignore words/verb-preposition in the project");
    assert.ok(await vscode.workspace.applyEdit(ignore.edit));
    await gone(document, "words/verb-preposition");
    const file = vscode.Uri.joinPath(folder(), "copydesk.toml");
    const settings = vscode.workspace.textDocuments.find((one) => one.uri.toString() === file.toString());
    assert.ok(settings?.isDirty, "VS Code saves it: then this test says nothing");
    assert.ok(await settings.save());
    await gone(document, "words/verb-preposition");
    await vscode.workspace.fs.delete(file);
    await finding(document, "words/verb-preposition");
  },

  async "a rule is turned off and on in this editor"() {
    const document = await open(QUOTE);
    await finding(document, "words/verb-preposition");
    // The command ends when its message is answered, which nobody does here.
    void run("copydesk.toggleRule", "words/verb-preposition");
    await gone(document, "words/verb-preposition");
    assert.deepStrictEqual(settings().get("rules"), { "words/verb-preposition": "off" });
    void run("copydesk.toggleRule", "words/verb-preposition");
    await finding(document, "words/verb-preposition");
    assert.deepStrictEqual(settings().get("rules"), {});
    await run("notifications.clearAll");
  },

  async "packs are chosen in the settings"() {
    const document = await open("# Roof\n\nCafé 😀: the council meets on February 20.\n");
    const words = () => findings(document).map((found) => document.getText(found.range));
    await settings().update("packs", ["core", "ap"], vscode.ConfigurationTarget.Workspace);
    await until("the American style shortens the month", () => words().includes("February"));
    await settings().update("packs", ["core", "british"], vscode.ConfigurationTarget.Workspace);
    await until("the British style turns it round", () => words().includes("February 20"));
    await settings().update("packs", undefined, vscode.ConfigurationTarget.Workspace);
  },

  async "the fact sheet shows who said what, and goes to the place"() {
    const document = await open(QUOTE);
    await finding(document, "words/verb-preposition");
    await run("copydesk.showFactSheet");
    const { factSheet } = extension().exports;
    const quotes = await until("the quotes are shown", () => {
      const sections = factSheet.shown?.uri === document.uri.toString() ? factSheet.shown.sections : [];
      return sections.find((section) => section.id === "quotes");
    });
    assert.strictEqual(quotes.rows.length, 1);
    assert.strictEqual(quotes.rows[0].meaning, "Pavel Oduya");
    assert.match(quotes.rows[0].text, /the builders insists of starting/);
    const dates = factSheet.shown.sections.find((section) => section.id === "dates");
    assert.deepStrictEqual(dates.rows.map((row) => [row.text, row.meaning]), [["Sunday", "2018-02-11"]]);
    await factSheet.goTo(dates.rows[0].place);
    const editor = vscode.window.activeTextEditor;
    assert.strictEqual(editor.document.getText(editor.selection), "Sunday");
    await editor.edit((edit) => edit.replace(at(document, "Sunday"), "Friday"));
    await until("the sheet follows the text", () =>
      factSheet.shown.sections.find((section) => section.id === "dates")?.rows.some((row) => row.text === "Friday"),
    );
    await run("workbench.action.closeEditorsInOtherGroups");
  },

  async "the desk ticks, follows the text, takes a source and goes to the passage"() {
    const recording = vscode.Uri.joinPath(folder(), "hearing.srt");
    const cue = "1\n00:14:05,000 --> 00:14:09,000\nRUIZ: We keep the ferry, and we pay for it ourselves.\n";
    await vscode.workspace.fs.writeFile(recording, new TextEncoder().encode(cue));
    const text =
      "---\nsources: hearing.srt\n---\n# Ferry Stays\n\nCafé 😀: the board voted to spend $4.2 million on it.\n\n" +
      "“We keep the ferry, and we pay for it ourselves,” Ana Ruiz said.\n";
    const document = await open(text, "desk.md");
    await settings().update("by", "Bo Lind", vscode.ConfigurationTarget.Workspace);
    await run("copydesk.showFactSheet");
    const { factSheet } = extension().exports;
    const fact = (words) => {
      const desk = factSheet.shown?.uri === document.uri.toString() ? factSheet.shown.desk : undefined;
      return desk?.facts.find((one) => one.words.includes(words));
    };
    const stands = (words, state) => until(`“${words}” is ${state}`, () => fact(words)?.state === state && fact(words));
    const figure = await stands("$4.2 million", "open");
    const ledger = vscode.Uri.joinPath(folder(), "desk.md.facts.toml");
    const noted = async () => new TextDecoder().decode(await vscode.workspace.fs.readFile(ledger));

    // The setting reaches the server some moments after it was written; until then it asks git who works here.
    await until("the tick is Bo Lind's", async () => {
      await factSheet.mark({ facts: [figure.id], state: "checked" });
      return /^Bo Lind, \d{4}-\d\d-\d\d$/.test((await stands("$4.2 million", "checked")).decided);
    });
    assert.match(await noted(), /words = "\$4\.2 million"\n/);
    await factSheet.mark({ facts: [figure.id], sources: ["budget.xlsx#B7"] });
    assert.deepStrictEqual(fact("$4.2 million").sources, ["budget.xlsx#B7"]);
    assert.strictEqual(fact("$4.2 million").state, "checked", "a source takes no tick away");
    assert.match(factSheet.shown.desk.summary, /^1 of \d+ checked/);

    // An edit of what was checked unticks it, and undoing the edit brings the tick back.
    const editor = vscode.window.visibleTextEditors.find((one) => one.document === document);
    await vscode.window.showTextDocument(document, vscode.ViewColumn.One);
    await editor.edit((edit) => edit.replace(at(document, "4.2"), "4.5"));
    assert.strictEqual((await stands("$4.5 million", "changed")).before, "$4.2 million");
    await finding(document, "facts/changed");
    await run("undo");
    await stands("$4.2 million", "checked");
    await gone(document, "facts/changed");

    // What another program writes into the ledger is shown, too.
    await vscode.workspace.fs.writeFile(ledger, new TextEncoder().encode((await noted()).replace('"checked"', '"disputed"')));
    await stands("$4.2 million", "disputed");

    const quote = fact("We keep the ferry");
    await factSheet.goTo(quote.places[0]);
    assert.match(vscode.window.activeTextEditor.document.getText(vscode.window.activeTextEditor.selection), /^“We keep/);
    await factSheet.goToPassage(quote.places[0]);
    await until("the passage is shown", () => {
      const active = vscode.window.activeTextEditor;
      return active?.document.uri.path === recording.path && active.selection.active.line === 2;
    });

    // To print: CI fails while a fact is open or disputed, and passes when all are ticked; the sheet is exported.
    // The sheet turned to the recording with the editor, and turns back.
    await vscode.window.showTextDocument(document, vscode.ViewColumn.One);
    await stands("$4.2 million", "disputed");
    await document.save();
    const copydesk = (...options) => {
      const done = childProcess.spawnSync(settings().get("path"), options, { cwd: folder().fsPath, encoding: "utf8" });
      return { code: done.status, said: `${done.stdout}${done.stderr}` };
    };
    const failed = copydesk("--check", "--require-checked", "desk.md");
    assert.strictEqual(failed.code, 1, failed.said);
    assert.match(failed.said, /facts\/unchecked/);
    await factSheet.mark({ facts: factSheet.shown.desk.facts.map((one) => one.id), state: "checked" });
    await until("all are checked", () => factSheet.shown.desk.facts.every((one) => one.state === "checked"));
    const passed = copydesk("--check", "--require-checked", "desk.md");
    assert.strictEqual(passed.code, 0, passed.said);
    const page = copydesk("facts", "--all", "--format", "html", "desk.md");
    assert.strictEqual(page.code, 0, page.said);
    assert.match(page.said, /<span class="box">✓<\/span>/);
    assert.match(page.said, /budget\.xlsx, B7/);
    await settings().update("by", undefined, vscode.ConfigurationTarget.Workspace);
    await run("workbench.action.closeEditorsInOtherGroups");
  },

  async "a rule is explained beside the story"() {
    const document = await open(QUOTE);
    await finding(document, "words/verb-preposition");
    await run("copydesk.explain", "words/verb-preposition");
    await until("its page is shown", () =>
      vscode.window.tabGroups.all.flatMap((group) => group.tabs).find((tab) => tab.label.includes("verb-preposition")),
    );
    const page = await vscode.workspace.openTextDocument(vscode.Uri.parse("copydesk-rule:/words/verb-preposition.md"));
    assert.match(page.getText(), /insists of/);
    await run("workbench.action.closeEditorsInOtherGroups");
  },

  async "the workspace is checked as a task, and its findings are problems"() {
    const ended = new Promise((resolve) => {
      const listening = vscode.tasks.onDidEndTaskProcess((end) => {
        if (end.execution.task.source === "copydesk") {
          listening.dispose();
          resolve(end.exitCode);
        }
      });
    });
    await run("copydesk.checkWorkspace");
    assert.strictEqual(await ended, 1, "there are warnings");
    const closed = vscode.Uri.joinPath(folder(), "closed.md");
    const problem = await until("a problem in a file that is not open", () =>
      vscode.languages.getDiagnostics(closed).find((found) => found.message.includes("insists of")),
    );
    assert.deepStrictEqual([problem.range.start.line, problem.range.start.character], [2, 19]);
  },

  async "the server is started again when it dies"() {
    const document = await open(QUOTE);
    await finding(document, "words/verb-preposition");
    const { server } = extension().exports;
    await run("copydesk.setPublicationDate", "2018-03-07");
    const first = server.client._serverProcess.pid;
    process.kill(first, "SIGKILL");
    await until("another server runs", () => server.client !== undefined && server.client._serverProcess.pid !== first);
    const editor = vscode.window.activeTextEditor;
    await editor.edit((edit) => edit.insert(document.lineAt(document.lineCount - 1).range.end, "\nThe harbor insists of it.\n"));
    await until("it reads the story", () => findings(document, "words/verb-preposition").length === 2);
    await until("it was told the date again", () => extension().exports.statusBar.text?.includes("2018-03-07"));
    const second = server.client._serverProcess.pid;
    await run("copydesk.restart");
    await until("a third runs", () => server.client !== undefined && server.client._serverProcess.pid !== second);
    await until("it reads the story", () => findings(document, "words/verb-preposition").length === 2);
    await run("copydesk.setPublicationDate", null);
  },

  async "a missing program is said, and the setting heals it"() {
    await open(QUOTE);
    const { server } = extension().exports;
    const program = settings().get("path");
    await settings().update("path", "/nowhere/copydesk", vscode.ConfigurationTarget.Global);
    await until("it is missing", () => server.health.state === "missing");
    assert.match(server.health.reason, /\/nowhere\/copydesk/);
    assert.match(extension().exports.statusBar.text, /warning/);
    await settings().update("path", program, vscode.ConfigurationTarget.Global);
    await until("it runs again", () => server.health.state === "running");
  },

  async "the schema of copydesk.toml has an address that others can use"() {
    const [validation] = extension().packageJSON.contributes.tomlValidation;
    assert.strictEqual(validation.fileMatch, "copydesk.toml");
    const schema = JSON.parse(fs.readFileSync(vscode.Uri.parse(validation.url).fsPath, "utf8"));
    assert.ok(schema.properties.packs, "it is the schema of the settings");
  },

  async "every command that is offered is there"() {
    const known = await vscode.commands.getCommands(true);
    for (const { command } of extension().packageJSON.contributes.commands) {
      assert.ok(known.includes(command), command);
    }
  },
};

/** What `work` gives; fails when that takes too long, so that one test that hangs does not hide what the others found. */
async function within(time, work) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`not done after ${time} ms`)), time);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

exports.run = async () => {
  const only = process.env["COPYDESK_ONLY"];
  const lines = [`VS Code ${vscode.version}, ${vscode.env.appHost}`];
  let failed = 0;
  const chosen = Object.entries(tests).filter(([name]) => only === undefined || name.includes(only));
  for (const [name, test] of chosen) {
    const start = Date.now();
    try {
      await within(TEST, test());
      lines.push(`ok ${name} (${Date.now() - start} ms)`);
    } catch (error) {
      failed += 1;
      lines.push(`FAILED ${name}\n${error.stack}`);
    }
    fs.writeFileSync(process.env["COPYDESK_RESULT"], `${lines.join("\n")}\n`);
    await run("workbench.action.files.saveAll");
    await run("workbench.action.closeAllEditors");
  }
  lines.push(`${chosen.length - failed} passed, ${failed} failed`);
  fs.writeFileSync(process.env["COPYDESK_RESULT"], `${lines.join("\n")}\n`);
  if (failed > 0) {
    throw new Error(`${failed} failed`);
  }
};
