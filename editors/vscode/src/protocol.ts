/** The server's own messages, as `docs/language-server.md` describes them. */

import { NotificationType, RequestType } from "vscode-languageclient/node";
import type { Range, TextDocumentIdentifier } from "vscode-languageclient/node";

/** The four severities, from the gravest on. */
export const SEVERITIES = ["error", "warning", "query", "hint"] as const;
export type Severity = (typeof SEVERITIES)[number];

/** The publication date in force, and where it came from. */
export interface Published {
  /** `2018-02-12`. */
  date: string;
  origin: "given" | "frontMatter" | "page" | "dateline" | "byline" | "path" | "today";
  /** The origin in words. */
  label: string;
  /** Where the date stands in the document. */
  range: Range | null;
}

/** A story at a glance. */
export interface Status {
  uri: string;
  version: number;
  findings: Record<Severity, number>;
  published: Published | null;
  /** Words, minutes that reading takes, and grade; servers before 0.1 do not tell. */
  length?: { words: number; minutes: number; grade: number | null };
  /** How far the check of its facts is, in words; `null` where nobody checks them. */
  facts?: string | null;
}

/** Words of the story and their place. */
export interface Placed {
  range: Range;
  text: string;
}

/** The fact sheet, as far as it is shown. */
export interface Facts {
  uri: string;
  version: number;
  words: number;
  published: { date: string; origin: string; range: Range | null } | null;
  quotes: {
    range: Range;
    kind: string;
    speaker: { name: string; person: string | null } | null;
  }[];
  dates: (Placed & { value: string | null; from: string | null; to: string | null; assumed: string | null })[];
  people: { name: string; titles: string[]; mentions: (Placed & { form: string })[] }[];
  figures: (Placed & { value: number; unit: string; noun: Placed | null })[];
  photos: { image: string | null; caption: Placed | null; credit: Placed | null }[];
  organisations: { name: string | null; acronym: string | null; mentions: Range[]; acronymMentions: Range[] }[];
  sources: (Placed & { kind: string; person: string | null })[];
  claims: (Placed & { kinds: string[]; sourced: boolean })[];
  /** Every fact that can be checked; servers that know no ledgers do not tell. */
  checkup?: Checkup;
}

/** Every fact that can be checked, and what was decided about it. */
export interface Checkup {
  facts: {
    id: string;
    kind: string;
    /** What the kind is called; older servers do not tell. */
    kindName?: string;
    words: string;
    sentence: string;
    meaning: string | null;
    places: Range[];
    sourced: boolean;
    state: string;
    /** The words that were checked, of a fact that changed since. */
    checkedAs: string | null;
    by: string | null;
    on: string | null;
    sources: { in: string; at: string | null }[];
    note: string | null;
    /** The sum behind it: `4 + 5 + 2 = 11`. */
    sum?: string | null;
    /** What a source says of it. */
    found?: { in: string; at: string | null; agrees: boolean; words: string; text: string } | null;
  }[];
  /** `31 of 112 checked · 4 changed`. */
  summary: string;
  /** Names of the sources that were read. */
  material: string[];
}

interface About {
  textDocument: TextDocumentIdentifier;
  /** Of facts: every fact that can be checked is wanted as well. */
  all?: boolean;
}

export const StatusRequest = new RequestType<About, Status | null, void>("copydesk/status");
export const StatusChanged = new NotificationType<Status>("copydesk/didChangeStatus");
export const FactsRequest = new RequestType<About, Facts | null, void>("copydesk/facts");

/** The server's commands that this extension uses. */
export const ServerCommand = {
  checkFacts: "copydesk.checkFacts",
  explainRule: "copydesk.explainRule",
  factSheet: "copydesk.factSheet",
  insertDate: "copydesk.insertDate",
  markFacts: "copydesk.markFacts",
  setDate: "copydesk.setDate",
} as const;

/** The code action that makes every safe fix. */
export const FIX_ALL = "source.fixAll.copydesk";
