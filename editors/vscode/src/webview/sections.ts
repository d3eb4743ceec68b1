/** The fact sheet as rows, and the messages between the page and the extension. Used on both sides. */

import type { Facts } from "../protocol.ts";
import type { Desk } from "./desk.ts";

/** A range of the story; lines and UTF-16 columns start at 0. */
export interface Place {
  start: { line: number; character: number };
  end: { line: number; character: number };
}

/** One fact: where it stands, and what is said of it. */
export interface Row {
  place: Place;
  /** The words of the story. */
  text: string;
  /** What copydesk makes of them: who speaks, which day it is, which kind of source. */
  meaning: string;
  /** More about it, shown when the pointer rests on it. */
  detail: string;
  /** Something is missing that a fact-checker looks for. */
  open: boolean;
  /** Further places, as of a person's mentions. */
  more: Place[];
}

export interface Section {
  id: string;
  title: string;
  rows: Row[];
}

/** What the page shows. */
export interface ToPage {
  uri: string;
  name: string;
  words: number;
  published: { date: string; origin: string; range: Place | null; long: string } | null;
  sections: Section[];
  /** Every fact to check; `null` where the server knows no ledgers. */
  desk: Desk | null;
}

/** What is decided about facts, as the page says it. */
export interface Decision {
  facts: string[];
  /** A state, or `open`, which takes the mark off; without it only sources and a note are added. */
  state?: string;
  sources?: string[];
  note?: string;
}

/** What the page says. */
export type FromPage =
  | { kind: "ready" }
  | { kind: "go"; place: Place }
  | { kind: "passage"; place: Place }
  | ({ kind: "mark" } & Decision)
  | { kind: "date" };

const ORIGINS: Record<string, string> = {
  given: "set here",
  frontMatter: "front matter",
  page: "page metadata",
  dateline: "dateline",
  byline: "byline",
  path: "file name",
  today: "the story has no date: today",
};

/** Where a publication date came from, in words. */
export function originInWords(origin: string): string {
  return ORIGINS[origin] ?? origin;
}

/** The rows of a fact sheet; `text` gives the words at a place. */
export function sections(facts: Facts, text: (place: Place) => string): Section[] {
  const quotes = facts.quotes.filter((quote) => quote.kind === "direct" || quote.kind === "partial");
  const all: Section[] = [
    {
      id: "claims",
      title: "To verify",
      rows: facts.claims.map((claim) =>
        row(claim, claim.kinds.join(", "), { detail: claim.sourced ? "a source is named" : "no source is named", open: !claim.sourced }),
      ),
    },
    {
      id: "quotes",
      title: "Quotes",
      rows: quotes.map((quote) => {
        const speaker = quote.speaker?.person ?? quote.speaker?.name;
        return row({ range: quote.range, text: text(quote.range) }, speaker ?? "nobody named", {
          detail: quote.kind === "partial" ? "a few words, quoted" : "",
          open: speaker === undefined,
        });
      }),
    },
    {
      id: "dates",
      title: "Dates",
      rows: facts.dates.map((date) => {
        const day = date.from !== null && date.from === date.to ? date.from : (date.value ?? span(date.from, date.to));
        return row(date, day === undefined ? "not known" : dateInWords(day), { detail: date.assumed ?? "", open: day === undefined });
      }),
    },
    {
      id: "people",
      title: "People",
      rows: facts.people.flatMap((person) => {
        const [first, ...later] = person.mentions;
        if (first === undefined) {
          return [];
        }
        const mentions = person.mentions.length === 1 ? "1 mention" : `${person.mentions.length} mentions`;
        return [
          row({ range: first.range, text: person.name }, person.titles.join("; "), {
            detail: mentions,
            more: later.map((mention) => mention.range),
          }),
        ];
      }),
    },
    {
      id: "sources",
      title: "Sources",
      rows: facts.sources.map((source) => row(source, source.kind, { open: ["unnamed", "anonymous", "vague"].includes(source.kind) })),
    },
    {
      id: "figures",
      title: "Figures",
      // “the first meeting” counts nothing.
      rows: facts.figures.filter((figure) => figure.unit !== "ordinal").map((figure) =>
        row(figure, [figure.value.toLocaleString("en-US"), unit(figure.unit)].filter(Boolean).join(" "), {
          detail: figure.noun?.text ?? "",
        }),
      ),
    },
    {
      id: "organisations",
      title: "Organisations",
      rows: facts.organisations.flatMap((organisation) => {
        const [first, ...later] = [...organisation.mentions, ...organisation.acronymMentions].sort(order);
        const { name, acronym } = organisation;
        const text = name ?? acronym;
        if (first === undefined || text === null) {
          return [];
        }
        return [row({ range: first, text }, name === null ? "never written out" : (acronym ?? ""), { more: later })];
      }),
    },
    {
      id: "photos",
      title: "Photos",
      rows: facts.photos.flatMap((photo) => {
        const place = photo.caption ?? photo.credit;
        const missing = photo.credit === null;
        return place === null ? [] : [row(place, photo.credit?.text ?? "no credit", { detail: photo.image ?? "", open: missing })];
      }),
    },
  ];
  return all.filter((section) => section.rows.length > 0);
}

function row(
  placed: { range: Place; text: string },
  meaning: string,
  rest: { detail?: string; open?: boolean; more?: Place[] } = {},
): Row {
  const { detail = "", open = false, more = [] } = rest;
  return { place: placed.range, text: placed.text.replace(/\s+/g, " ").trim(), meaning, detail, open, more };
}

function span(from: string | null, to: string | null): string | undefined {
  return from === null || to === null ? undefined : `${from} to ${to}`;
}

const SEASONS: Record<string, string> = { SP: "spring", SU: "summer", FA: "fall", WI: "winter" };

/** A TIMEX3 value where its own form says little to people: `2017-WI`, and `P3W`, which says what the story says. */
function dateInWords(value: string): string {
  const season = /^(\d{4})-(SP|SU|FA|WI)$/.exec(value);
  if (season !== null) {
    return `${SEASONS[season[2] ?? ""] ?? ""} ${season[1] ?? ""}`;
  }
  return value.startsWith("P") ? "duration" : value;
}

/** Units that say nothing beside the number are left out. */
function unit(unit: string): string {
  return unit === "percent" ? "%" : unit === "count" || unit === "plain" ? "" : unit;
}

function order(a: Place, b: Place): number {
  return a.start.line - b.start.line || a.start.character - b.start.character;
}
