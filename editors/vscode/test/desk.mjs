// The desk's page in a browser, under its own content security policy, with a host that writes down what it is told:
// node desk.mjs OUT. Keys, focus, filters, what a screen reader gets, and a thousand facts.
import assert from "node:assert";
import fs from "node:fs";
import path from "node:path";
import { browse } from "./workbench.mjs";

const out = path.resolve(process.argv[2]);
const root = path.resolve(import.meta.dirname, "..");
fs.mkdirSync(out, { recursive: true });

const WORDS = ["Harbor Board", "$4.5 million", "Ana Ruiz", "Monday", "1931"];
const KINDS = ["organisation", "figure", "name", "date", "date"];

/** Facts of a story of `count` facts; `change` says what is another of one of them. */
function sheet(count, change = {}, lines = 0) {
  const facts = Array.from({ length: count }, (_, at) => {
    const line = Math.floor(at / 3) + lines;
    const more = at < WORDS.length ? "" : ` ${at}`;
    return {
      ...{ id: `fact${at}`, kind: KINDS[at % 5], kindName: KINDS[at % 5], words: WORDS[at % 5] + more, sentence: `The board spoke of ${WORDS[at % 5]}.` },
      ...{ meaning: "", places: [{ start: { line, character: 0 }, end: { line, character: 4 } }], state: "open" },
      ...{ sourced: false, sources: [], note: "", decided: "", before: "", sum: "", found: "", differs: false, ...change[at] },
    };
  });
  const summary = `${facts.filter((fact) => fact.state === "checked").length} of ${count} checked`;
  const desk = { facts, summary, material: ["hearing.srt"] };
  return { uri: "file:///ferry.md", name: "ferry.md", words: 420, published: null, sections: [], desk };
}

const html = `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src http://desk.test; script-src 'nonce-a';">
<link rel="stylesheet" href="/page.css"><title>Fact sheet</title></head><body><main id="sheet"></main>
<script nonce="a" src="/host.js"></script><script nonce="a" src="/page.js"></script></body></html>`;
const host = `window.sent = []; let kept;
window.acquireVsCodeApi = () => ({ postMessage: (said) => window.sent.push(said), getState: () => kept, setState: (state) => { kept = state; } });`;
const files = {
  "/": [html, "text/html"],
  "/host.js": [host, "text/javascript"],
  "/page.js": [fs.readFileSync(path.join(root, "dist/factSheet.js")), "text/javascript"],
  "/page.css": [fs.readFileSync(path.join(root, "media/factSheet.css")), "text/css"],
};

const browser = await browse();
try {
  const page = await browser.newPage({ viewport: { width: 1300, height: 900 } });
  const wrong = [];
  page.on("pageerror", (error) => wrong.push(error.message));
  page.on("console", (message) => message.type() === "error" && wrong.push(message.text()));
  await page.route("**/*", (route) => {
    const [body, contentType] = files[new URL(route.request().url()).pathname] ?? ["", "text/plain"];
    return route.fulfill({ body, contentType });
  });
  await page.goto("http://desk.test/");
  /** Shows a sheet, and gives the milliseconds that took, laid out. */
  const show = (data) =>
    page.evaluate((data) => {
      const start = performance.now();
      window.dispatchEvent(new MessageEvent("message", { data }));
      document.body.getBoundingClientRect();
      return performance.now() - start;
    }, data);
  const last = () => page.evaluate(() => window.sent.at(-1));
  const focused = () => page.evaluate(() => document.activeElement.closest("li")?.querySelector("button")?.textContent);
  const count = () => page.locator("output").textContent();

  await show(sheet(5, { 1: { state: "changed", before: "$4.2 million", decided: "Ana Ruiz, 2018-02-13" } }));
  const box = page.getByRole("checkbox", { name: /^figure: \$4\.5 million; changed; .*checked as \$4\.2 million/ });
  assert.strictEqual(await box.evaluate((element) => element.indeterminate), true, "a changed fact is neither ticked nor open");
  assert.strictEqual(await page.locator("li .tick:not([tabindex='-1'])").count(), 1, "the Tab key stops at one box");
  await page.screenshot({ path: path.join(out, "desk-1300.png") });

  // A tick is shown when it is written, and the focus stays at the fact.
  await page.locator(".tick").first().focus();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("j");
  await page.keyboard.press("Space");
  assert.deepStrictEqual(await last(), { kind: "mark", facts: ["fact2"], state: "checked" });
  assert.strictEqual(await page.locator(".tick").nth(2).isChecked(), false);
  const ticked = { 2: { state: "checked" } };
  await show(sheet(5, ticked));
  assert.strictEqual(await page.locator(".tick").nth(2).isChecked(), true);
  assert.strictEqual(await focused(), "Ana Ruiz");
  assert.strictEqual(await page.getByRole("status").first().textContent(), "1 of 5 checked");
  await page.keyboard.press("x");
  assert.deepStrictEqual(await last(), { kind: "mark", facts: ["fact2"], state: "open" });

  // What is typed in a field is no key of the desk, and it outlives an edit of the story.
  await page.keyboard.press("s");
  await page.keyboard.type("hearing.srt#00:");
  await show(sheet(5, ticked, 1));
  await page.keyboard.type("14:05");
  await page.setViewportSize({ width: 800, height: 900 });
  await page.screenshot({ path: path.join(out, "desk-800.png") });
  await page.keyboard.press("Enter");
  assert.deepStrictEqual(await last(), { kind: "mark", facts: ["fact2"], sources: ["hearing.srt#00:14:05"] });
  await page.keyboard.press("n");
  await page.keyboard.type("so-so");
  await page.keyboard.press("Escape");
  assert.strictEqual(await focused(), "Ana Ruiz");
  for (const [key, state] of [["w", "wrong"], ["d", "disputed"], ["a", "ask"], ["o", "open"]]) {
    await page.keyboard.press(key);
    assert.deepStrictEqual(await last(), { kind: "mark", facts: ["fact2"], state });
  }
  await page.keyboard.press("Enter");
  assert.strictEqual((await last()).kind, "go");
  await page.keyboard.press("p");
  assert.strictEqual((await last()).kind, "passage");
  await page.getByRole("button", { name: "Disputed" }).click();
  assert.deepStrictEqual(await last(), { kind: "mark", facts: ["fact2"], state: "disputed" });

  // What is filtered away hands its focus on.
  await page.locator(".tick").nth(2).focus();
  await page.keyboard.press("t");
  assert.strictEqual(await count(), "4 of 5 facts");
  assert.strictEqual(await focused(), "Monday");
  await show(sheet(5, { ...ticked, 3: { state: "checked" } }, 1));
  assert.strictEqual(await focused(), "1931");
  await page.keyboard.press("/");
  await page.keyboard.type("ruiz");
  assert.strictEqual(await count(), "0 of 5 facts");
  await page.keyboard.press("Escape");
  await page.keyboard.press("Escape");
  assert.strictEqual(await count(), "5 facts");
  await page.getByLabel("Kind of fact").selectOption("date");
  assert.strictEqual(await count(), "2 of 5 facts");
  await page.getByLabel("Kind of fact").selectOption("");
  await page.getByRole("tab", { name: "What the story says" }).click();
  assert.strictEqual(await page.getByRole("list", { name: "Facts to check" }).isVisible(), false);
  await page.getByRole("tab", { name: "Facts to check" }).click();

  // The narrow page needs no scrolling to the side.
  await page.setViewportSize({ width: 360, height: 900 });
  await page.screenshot({ path: path.join(out, "desk-360.png") });
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth), "it is as wide as the window");

  // Of a thousand facts, a tick draws one anew.
  const first = await show(sheet(1000));
  await page.locator(".tick").nth(500).focus();
  const tick = await show(sheet(1000, { 500: { state: "checked" } }));
  const drawn = await page.evaluate(
    (data) => {
      let drawn = 0;
      const watcher = new MutationObserver((records) => (drawn += records.filter((one) => one.target.closest?.("li")).length));
      watcher.observe(document.querySelector("ul"), { childList: true, subtree: true, characterData: true });
      window.dispatchEvent(new MessageEvent("message", { data }));
      watcher.takeRecords().forEach((one) => (drawn += one.target.closest?.("li") === null ? 0 : 1));
      return drawn;
    },
    sheet(1000, { 500: { state: "checked" }, 501: { state: "wrong" } }),
  );
  assert.ok(drawn > 0 && drawn < 10, `${drawn} changes of the page for one fact`);
  assert.strictEqual(await focused(), "Harbor Board 500");
  assert.ok(tick < 100, `a tick among 1,000 facts takes ${tick} ms`);
  assert.deepStrictEqual(wrong, [], "the page breaks no rule of its policy and throws nothing");
  console.log(`the desk: 1,000 facts in ${first.toFixed(0)} ms, one more tick in ${tick.toFixed(0)} ms`);
} finally {
  await browser.close();
}
