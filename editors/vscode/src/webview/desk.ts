/** The desk in the fact sheet: every fact that can be checked, as rows, and which of them are shown. Used on both sides. */

import type { Checkup } from "../protocol.ts";
import type { Place } from "./sections.ts";

/** How a fact stands, in the order in which they are listed. */
export const STATES = ["open", "changed", "wrong", "disputed", "ask", "checked"] as const;
export type State = (typeof STATES)[number];

/** States in the words of a person. */
export const IN_WORDS: Record<State, string> = {
  open: "open",
  changed: "changed",
  wrong: "wrong",
  disputed: "disputed",
  ask: "ask the author",
  checked: "checked",
};

/** A fact that can be checked. */
export interface DeskFact {
  id: string;
  kind: string;
  /** What the kind is called. */
  kindName: string;
  words: string;
  sentence: string;
  /** Who speaks, which day it is; empty where nothing is known beyond the words. */
  meaning: string;
  places: Place[];
  state: State;
  /** The story itself says where it has it from. */
  sourced: boolean;
  /** `budget.xlsx#B7`. */
  sources: string[];
  note: string;
  /** Who decided, and when: `Ana Ruiz, 2018-02-13`. */
  decided: string;
  /** The words as they were checked, where they are others now. */
  before: string;
  /** The sum behind it: `4 + 5 + 2 = 11`; empty where there is none. */
  sum: string;
  /** What the story's sources say of it; empty where they say nothing. */
  found: string;
  /** A source has it otherwise. */
  differs: boolean;
}

/** The facts of a story and how far they are. */
export interface Desk {
  facts: DeskFact[];
  /** `31 of 112 checked · 4 changed`. */
  summary: string;
  /** Names of sources that can be added. */
  material: string[];
}

/** Which facts are shown. */
export interface Filter {
  /** Words that the fact or its sentence has. */
  search: string;
  /** A kind, or nothing for all. */
  kind: string;
  /** A state, `todo` for all that need somebody, or nothing for all. */
  state: string;
  /** Only facts for which neither the story nor the ledger names a source. */
  unsourced: boolean;
}

export const NO_FILTER: Filter = { search: "", kind: "", state: "", unsourced: false };

/** The desk for what the server tells. */
export function desk(checkup: Checkup): Desk {
  const facts = checkup.facts.map((fact): DeskFact => {
    const state = STATES.find((known) => known === fact.state) ?? "open";
    return {
      id: fact.id,
      kind: fact.kind,
      kindName: fact.kindName ?? fact.kind,
      words: oneLine(fact.words),
      sentence: oneLine(fact.sentence),
      meaning: fact.meaning ?? "",
      places: fact.places,
      state,
      sourced: fact.sourced,
      sources: fact.sources.map((source) => (source.at === null ? source.in : `${source.in}#${source.at}`)),
      note: fact.note ?? "",
      decided: [fact.by, fact.on].filter(Boolean).join(", "),
      before: state === "changed" && fact.checkedAs !== null ? oneLine(fact.checkedAs) : "",
      sum: fact.sum ?? "",
      found: fact.found?.text ?? "",
      differs: fact.found?.agrees === false,
    };
  });
  const named = facts.flatMap((fact) => fact.sources.map((source) => source.split("#")[0] ?? source));
  return { facts, summary: checkup.summary, material: [...new Set([...checkup.material, ...named])].filter(Boolean) };
}

/** Whether a fact is shown. */
export function shows(filter: Filter, fact: DeskFact): boolean {
  return (
    (filter.kind === "" || filter.kind === fact.kind) &&
    (filter.state === "" || (filter.state === "todo" ? fact.state !== "checked" : filter.state === fact.state)) &&
    (!filter.unsourced || (!fact.sourced && fact.sources.length === 0)) &&
    matches(filter.search, fact)
  );
}

/** Whether each word that is searched for stands in the fact, its sentence or what was noted of it. */
function matches(search: string, fact: DeskFact): boolean {
  const wanted = plain(search).split(/\s+/).filter(Boolean);
  if (wanted.length === 0) {
    return true;
  }
  const text = plain([fact.words, fact.sentence, fact.meaning, fact.note, fact.decided, ...fact.sources].join(" "));
  return wanted.every((word) => text.includes(word));
}

/** Words as they are compared: without capitals, accents and typographic marks. */
function plain(text: string): string {
  return text
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .replace(/[‘’]/g, "'")
    .replace(/[“”]/g, '"')
    .toLowerCase();
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}
