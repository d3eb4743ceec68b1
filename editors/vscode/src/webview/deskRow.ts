/** One fact in the list of the desk. Its parts stay in the page while what they say changes, so that focus stays, too. */

/// <reference lib="dom" />

import { IN_WORDS } from "./desk.ts";
import type { DeskFact } from "./desk.ts";
import { button, element } from "./elements.ts";
import type { Place } from "./sections.ts";

export class DeskRow {
  readonly item = element("li", "fact-row");
  readonly tick = element("input", "tick");
  fact: DeskFact;
  readonly #words: HTMLButtonElement;
  readonly #about = element("p", "about");
  readonly #details = element("div", "details");
  readonly #go: (place: Place) => void;
  /** What is shown, to be compared with what is to be shown. */
  #shown = "";

  constructor(fact: DeskFact, go: (place: Place) => void) {
    this.fact = fact;
    this.#go = go;
    this.tick.type = "checkbox";
    this.tick.tabIndex = -1;
    this.#words = button("", "words-of-fact", () => {
      this.go();
    });
    // Enter in the box goes there, too, and one stop a fact is enough for the Tab key.
    this.#words.tabIndex = -1;
    this.item.append(this.tick, element("div", "body", this.#words, this.#details), this.#about);
    this.show(fact);
  }

  /** Goes to the first place of the fact in the story. */
  go(): void {
    const [first] = this.fact.places;
    if (first !== undefined) {
      this.#go(first);
    }
  }

  /** Shows the fact as it is now. */
  show(fact: DeskFact): void {
    this.fact = fact;
    // The box shows what stands in the ledger, and not what was clicked.
    this.tick.checked = fact.state === "checked";
    this.tick.indeterminate = fact.state === "changed";
    const shown = JSON.stringify(fact);
    if (shown === this.#shown) {
      return;
    }
    this.#shown = shown;
    const lines = [...new Set(fact.places.map((place) => place.start.line + 1))];
    this.item.dataset.state = fact.state;
    this.tick.setAttribute("aria-label", spoken(fact, lines));
    this.#words.textContent = fact.words;
    this.#words.title = `Go to line ${lines[0] ?? 1}`;
    this.#about.replaceChildren(
      element("span", `state ${fact.state}`, IN_WORDS[fact.state]),
      element("span", "kind", fact.kindName),
      element("span", "where", lines.length === 1 ? `line ${lines[0] ?? 1}` : `lines ${lines.join(", ")}`),
    );
    const details = [];
    if (fact.meaning !== "") {
      details.push(element("p", "meaning", fact.meaning));
    }
    if (fact.sum !== "") {
      details.push(element("p", "sum", fact.sum));
    }
    if (fact.found !== "") {
      details.push(element("p", fact.differs ? "found differs" : "found", fact.found));
    }
    if (fact.before !== "") {
      const before = fact.before === fact.words ? "was checked in another sentence" : `was checked as “${fact.before}”`;
      details.push(element("p", "before", before));
    }
    if (fact.sentence !== fact.words) {
      details.push(element("p", "sentence", fact.sentence));
    }
    if (fact.decided !== "" || fact.sources.length > 0) {
      const parts = fact.sources.map((source) => element("span", "source", source));
      details.push(element("p", "decided", ...(fact.decided === "" ? [] : [element("span", "by", fact.decided)]), ...parts));
    }
    if (fact.note !== "") {
      details.push(element("p", "note", fact.note));
    }
    this.#details.replaceChildren(...details);
  }
}

/** A fact as a screen reader says it. */
function spoken(fact: DeskFact, lines: number[]): string {
  const parts = [`${fact.kindName}: ${fact.words}`, IN_WORDS[fact.state], fact.meaning, `line ${lines[0] ?? 1}`];
  if (fact.before !== "" && fact.before !== fact.words) {
    parts.push(`checked as ${fact.before}`);
  }
  parts.push(fact.sum, fact.found);
  if (fact.sources.length > 0) {
    parts.push(`sources: ${fact.sources.join(", ")}`);
  }
  if (fact.note !== "") {
    parts.push(`note: ${fact.note}`);
  }
  return parts.filter(Boolean).join("; ");
}
