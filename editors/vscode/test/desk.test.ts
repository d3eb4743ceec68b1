/** Which facts the desk shows, and what it makes of the server's answer. */

import assert from "node:assert";
import { test } from "node:test";

import { desk, NO_FILTER, shows } from "../src/webview/desk.ts";

const place = { start: { line: 5, character: 4 }, end: { line: 5, character: 16 } };
const fact = {
  id: "xk2v9pd",
  kind: "figure",
  words: "$4.5\nmillion",
  sentence: "The café board’s ferry costs $4.5\nmillion.",
  meaning: null,
  places: [place],
  sourced: false,
  state: "changed",
  checkedAs: "$4.2 million",
  by: "Ana Ruiz",
  on: "2018-02-13",
  sources: [{ in: "budget.xlsx", at: "B7" }],
  note: null,
  kindName: "figure",
  sum: "from $4.2 million to $4.5 million: +7.1 percent",
  found: { in: "budget.xlsx", at: "B7", agrees: false, words: "4,200", text: "budget.xlsx, B7 has “4,200”" },
};
const open = { ...fact, id: "b7w3c0n", kind: "name", words: "Bo Lind", state: "open", checkedAs: null, by: null, on: null, sources: [], sum: null, found: null };
const made = desk({ facts: [fact, open], summary: "0 of 2 checked · 1 changed", material: ["hearing.srt"] });
const shown = (filter: Partial<typeof NO_FILTER>): string[] =>
  made.facts.filter((one) => shows({ ...NO_FILTER, ...filter }, one)).map((one) => one.id);

void test("a fact is told as people read it", () => {
  const [first] = made.facts;
  assert.strictEqual(first?.words, "$4.5 million");
  assert.strictEqual(first.before, "$4.2 million");
  assert.strictEqual(first.decided, "Ana Ruiz, 2018-02-13");
  assert.deepStrictEqual([first.kindName, first.sum, first.found, first.differs], [fact.kindName, fact.sum, fact.found.text, true]);
  assert.deepStrictEqual(first.sources, ["budget.xlsx#B7"]);
  assert.deepStrictEqual(made.material, ["hearing.srt", "budget.xlsx"]);
});

void test("filters go by kind, state and source", () => {
  assert.deepStrictEqual(shown({}), ["xk2v9pd", "b7w3c0n"]);
  assert.deepStrictEqual(shown({ kind: "name" }), ["b7w3c0n"]);
  assert.deepStrictEqual(shown({ state: "changed" }), ["xk2v9pd"]);
  assert.deepStrictEqual(shown({ state: "todo" }), ["xk2v9pd", "b7w3c0n"]);
  assert.deepStrictEqual(shown({ state: "checked" }), []);
  assert.deepStrictEqual(shown({ unsourced: true }), ["b7w3c0n"]);
});

void test("a search minds no capitals, accents or curly marks, and looks at sources", () => {
  assert.deepStrictEqual(shown({ search: "CAFE BOARD'S lind" }), ["b7w3c0n"]);
  assert.deepStrictEqual(shown({ search: "budget" }), ["xk2v9pd"]);
  assert.deepStrictEqual(shown({ search: "pier" }), []);
});
