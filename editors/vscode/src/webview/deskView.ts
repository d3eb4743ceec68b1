/**
 * The desk: a list of facts with boxes, filters above it, and a key for everything. One row is the current one; it has the
 * only box that the Tab key stops at, and the buttons. Nothing is drawn anew but what changed: a story has a thousand facts.
 */

/// <reference lib="dom" />

import { IN_WORDS, NO_FILTER, shows, STATES } from "./desk.ts";
import type { Desk, Filter } from "./desk.ts";
import { DeskRow } from "./deskRow.ts";
import { button, element } from "./elements.ts";
import type { FromPage } from "./sections.ts";

/** What keys do to the current fact or the list; the help is written from it. */
const KEYS: [keys: string[], shown: string, what: string, run: (view: DeskView) => void][] = [
  [["ArrowDown", "j"], "↓ or j", "next fact", (view) => { view.step(1); }],
  [["ArrowUp", "k"], "↑ or k", "fact before", (view) => { view.step(-1); }],
  [["]"], "]", "next fact that needs you", (view) => { view.step(1, true); }],
  [["["], "[", "one that needs you, backwards", (view) => { view.step(-1, true); }],
  [["x"], "Space or x", "tick, or take the tick off", (view) => { view.toggle(); }],
  [["w"], "w", "wrong", (view) => { view.mark("wrong"); }],
  [["d"], "d", "disputed", (view) => { view.mark("disputed"); }],
  [["a"], "a", "ask the author", (view) => { view.mark("ask"); }],
  [["o"], "o", "open again", (view) => { view.mark("open"); }],
  [["s"], "s", "add a source", (view) => { view.write("source"); }],
  [["n"], "n", "write a note", (view) => { view.write("note"); }],
  [["Enter", "g"], "Enter or g", "go to the place in the story", (view) => { view.current?.go(); }],
  [["p"], "p", "go to the passage in the source", (view) => { view.passage(); }],
  [["/"], "/", "search", (view) => { view.find(); }],
  [["t"], "t", "only what needs you, or all", (view) => { view.turnFilter("state", "todo"); }],
  [["u"], "u", "only facts without a source, or all", (view) => { view.turnFilter("unsourced", true); }],
  [["Escape"], "Esc", "show all facts", (view) => { view.showAll(); }],
];

/** What is written by hand. */
const WRITTEN = {
  source: { label: "Source, and where in it", hint: "budget.xlsx#B7, hearing.srt#00:14:05, or who told you" },
  note: { label: "Note", hint: "what to ask, what differs" },
} as const;

export class DeskView {
  readonly root = element("div", "desk");
  current: DeskRow | undefined;
  readonly #send: (message: FromPage) => void;
  readonly #keep: () => void;
  #filter: Filter;
  #rows: DeskRow[] = [];
  readonly #byId = new Map<string, DeskRow>();
  readonly #list = element("ul", "facts");
  readonly #summary = element("p", "summary");
  readonly #count = element("output", "count");
  readonly #said = element("div", "said");
  readonly #search = element("input", "search");
  readonly #kind = element("select", "");
  readonly #state = element("select", "");
  readonly #unsourced = element("input", "");
  readonly #names = element("datalist", "");
  readonly #tools = element("div", "tools");
  #form: HTMLFormElement | undefined;

  constructor(filter: Partial<Filter> | undefined, send: (message: FromPage) => void, keep: () => void) {
    this.#filter = { ...NO_FILTER, ...filter };
    this.#send = send;
    this.#keep = keep;
    this.#names.id = "sources";
    this.#said.setAttribute("role", "status");
    this.#list.setAttribute("aria-label", "Facts to check");
    // Without its marks a list is none for some screen readers.
    this.#list.setAttribute("role", "list");
    this.#makeTools();
    this.root.append(this.#summary, this.#said, this.#filters(), help(), this.#list, this.#names);
    this.root.addEventListener("keydown", (event) => {
      this.#key(event);
    });
    this.#list.addEventListener("focusin", (event) => {
      this.#makeCurrent(this.#rowOf(event.target), false);
    });
    this.#list.addEventListener("click", (event) => {
      const row = this.#rowOf(event.target);
      if (event.target instanceof HTMLElement && event.target.closest("button, input, form") === null) {
        this.#makeCurrent(row, true);
      }
    });
    this.#list.addEventListener("change", (event) => {
      const row = this.#rowOf(event.target);
      if (event.target === row?.tick) {
        this.#makeCurrent(row, true);
        this.toggle();
      }
    });
  }

  get filter(): Filter {
    return this.#filter;
  }

  /** Shows the facts as they are now. */
  show(desk: Desk): void {
    const at = this.current === undefined ? 0 : this.#rows.indexOf(this.current);
    const focused = this.#list.contains(document.activeElement);
    const ids = new Set(desk.facts.map((fact) => fact.id));
    for (const [id, row] of this.#byId) {
      if (!ids.has(id)) {
        row.item.remove();
        this.#byId.delete(id);
      }
    }
    let next = this.#list.firstElementChild;
    this.#rows = desk.facts.map((fact) => {
      let row = this.#byId.get(fact.id);
      if (row === undefined) {
        row = new DeskRow(fact, (place) => {
          this.#send({ kind: "go", place });
        });
        this.#byId.set(fact.id, row);
      } else {
        row.show(fact);
      }
      if (row.item === next) {
        next = next.nextElementSibling;
      } else {
        this.#list.insertBefore(row.item, next);
      }
      return row;
    });
    if (this.#summary.textContent !== desk.summary) {
      this.#summary.textContent = desk.summary;
      this.#said.textContent = desk.summary;
    }
    this.#names.replaceChildren(...desk.material.map((name) => new Option(name, name)));
    this.#showKinds(desk);
    if (this.current !== undefined && !this.#rows.includes(this.current)) {
      this.current = undefined;
      this.#form = undefined;
    }
    this.#sift(Math.max(at, 0), focused);
  }

  /** Goes to the next shown fact, or to the next that needs somebody. */
  step(by: number, needing = false): void {
    const shown = this.#rows.filter((row) => !row.item.hidden);
    const from = this.current === undefined ? (by > 0 ? -1 : shown.length) : shown.indexOf(this.current);
    for (let at = from + by; at >= 0 && at < shown.length; at += by) {
      if (!needing || shown[at]?.fact.state !== "checked") {
        this.#makeCurrent(shown[at], true);
        return;
      }
    }
  }

  /** Ticks the current fact, or takes the tick off. */
  toggle(): void {
    this.mark(this.current?.fact.state === "checked" ? "open" : "checked");
  }

  mark(state: string): void {
    if (this.current !== undefined) {
      // Until the ledger has it, the box is as it was.
      this.current.show(this.current.fact);
      this.#send({ kind: "mark", facts: [this.current.fact.id], state });
    }
  }

  /** Asks for a source or a note in the current row. */
  write(what: keyof typeof WRITTEN): void {
    const row = this.current;
    if (row === undefined) {
      return;
    }
    this.#form?.remove();
    const input = element("input", "written");
    input.type = "text";
    input.placeholder = WRITTEN[what].hint;
    if (what === "source") {
      input.setAttribute("list", this.#names.id);
    } else {
      input.value = row.fact.note;
    }
    const save = element("button", "tool", what === "source" ? "Add" : "Save");
    save.type = "submit";
    const form = element("form", "writing", element("label", "", WRITTEN[what].label, input), save);
    form.append(button("Cancel", "tool", () => { this.#endWriting(row); }));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const text = input.value.trim();
      if (what === "note" && text !== row.fact.note) {
        this.#send({ kind: "mark", facts: [row.fact.id], note: text });
      } else if (what === "source" && text !== "") {
        this.#send({ kind: "mark", facts: [row.fact.id], sources: [text] });
      }
      this.#endWriting(row);
    });
    this.#form = form;
    row.item.append(form);
    input.focus();
  }

  /** Goes to the passage of the source. */
  passage(): void {
    const place = this.current?.fact.places[0];
    if (place !== undefined) {
      this.#send({ kind: "passage", place });
    }
  }

  find(): void {
    this.#search.focus();
    this.#search.select();
  }

  turnFilter<K extends keyof Filter>(key: K, value: Filter[K]): void {
    this.#setFilter({ ...this.#filter, [key]: this.#filter[key] === value ? NO_FILTER[key] : value });
  }

  showAll(): void {
    this.#setFilter(NO_FILTER);
  }

  #endWriting(row: DeskRow): void {
    this.#form?.remove();
    this.#form = undefined;
    row.tick.focus();
  }

  #makeTools(): void {
    this.#tools.setAttribute("role", "group");
    this.#tools.setAttribute("aria-label", "Decide about this fact");
    const tools: [string, string, () => void][] = [
      ["Checked", "x", () => { this.mark("checked"); }],
      ["Wrong", "w", () => { this.mark("wrong"); }],
      ["Disputed", "d", () => { this.mark("disputed"); }],
      ["Ask the author", "a", () => { this.mark("ask"); }],
      ["Open again", "o", () => { this.mark("open"); }],
      ["Add a source…", "s", () => { this.write("source"); }],
      ["Note…", "n", () => { this.write("note"); }],
      ["Passage", "p", () => { this.passage(); }],
    ];
    for (const [label, key, press] of tools) {
      const tool = button(label, "tool", press);
      tool.setAttribute("aria-keyshortcuts", key);
      tool.title = `${label} (${key})`;
      this.#tools.append(tool);
    }
  }

  #filters(): HTMLElement {
    this.#search.type = "search";
    this.#search.placeholder = "Search facts";
    this.#search.setAttribute("aria-label", "Search facts");
    this.#kind.setAttribute("aria-label", "Kind of fact");
    this.#state.setAttribute("aria-label", "State");
    this.#unsourced.type = "checkbox";
    this.#state.append(new Option("All states", ""), new Option("Needs somebody", "todo"));
    this.#state.append(...STATES.map((state) => new Option(IN_WORDS[state], state)));
    const label = element("label", "unsourced", this.#unsourced, "without a source");
    const bar = element("div", "filters", this.#search, this.#kind, this.#state, label, this.#count);
    bar.setAttribute("role", "search");
    const changed = (): void => {
      const [search, kind, state] = [this.#search.value, this.#kind.value, this.#state.value];
      this.#setFilter({ search, kind, state, unsourced: this.#unsourced.checked });
    };
    bar.addEventListener("input", changed);
    return bar;
  }

  #setFilter(filter: Filter): void {
    this.#filter = filter;
    this.#keep();
    this.#sift(this.current === undefined ? 0 : this.#rows.indexOf(this.current), this.#list.contains(document.activeElement));
  }

  #showKinds(desk: Desk): void {
    const counts = new Map<string, { name: string; count: number }>();
    for (const fact of desk.facts) {
      counts.set(fact.kind, { name: fact.kindName, count: (counts.get(fact.kind)?.count ?? 0) + 1 });
    }
    if (this.#filter.kind !== "" && !counts.has(this.#filter.kind)) {
      counts.set(this.#filter.kind, { name: this.#filter.kind, count: 0 });
    }
    const kinds = [...counts].sort(([, a], [, b]) => a.name.localeCompare(b.name));
    const options = kinds.map(([kind, { name, count }]) => new Option(`${name} (${count})`, kind));
    this.#kind.replaceChildren(new Option("All kinds", ""), ...options);
  }

  /** Shows the facts that the filter lets through. The fact at hand, or else the nearest one behind it, stays at hand. */
  #sift(at: number, focused: boolean): void {
    const { search, kind, state, unsourced } = this.#filter;
    if (this.#search.value !== search) {
      this.#search.value = search;
    }
    [this.#kind.value, this.#state.value, this.#unsourced.checked] = [kind, state, unsourced];
    let shown = 0;
    for (const row of this.#rows) {
      row.item.hidden = !shows(this.#filter, row.fact);
      shown += row.item.hidden ? 0 : 1;
    }
    const all = this.#rows.length;
    this.#count.textContent = all === 0 ? "no facts yet" : shown === all ? `${all} facts` : `${shown} of ${all} facts`;
    if (this.current === undefined || this.current.item.hidden) {
      const behind = this.#rows.slice(at).find((row) => !row.item.hidden);
      const before = this.#rows.slice(0, at).findLast((row) => !row.item.hidden);
      const next = behind ?? before;
      this.#makeCurrent(next, focused && next !== undefined);
      if (focused && next === undefined) {
        this.#search.focus();
      }
    }
  }

  #rowOf(target: EventTarget | null): DeskRow | undefined {
    const item = target instanceof Element ? target.closest("li") : null;
    return this.#rows.find((row) => row.item === item);
  }

  #makeCurrent(row: DeskRow | undefined, focus: boolean): void {
    if (row !== this.current) {
      if (this.current !== undefined) {
        this.current.tick.tabIndex = -1;
        this.current.item.classList.remove("current");
      }
      this.#form?.remove();
      this.#form = undefined;
      this.current = row;
      if (row === undefined) {
        this.#tools.remove();
      } else {
        row.tick.tabIndex = 0;
        row.item.classList.add("current");
        row.item.append(this.#tools);
      }
    }
    if (focus && row !== undefined && document.activeElement !== row.tick) {
      row.tick.focus();
      row.item.scrollIntoView({ block: "nearest" });
    }
  }

  #key(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) {
      return;
    }
    const { target } = event;
    const typing = target instanceof HTMLSelectElement || (target instanceof HTMLInputElement && target.type !== "checkbox");
    if (typing) {
      this.#keyInField(event, target);
      return;
    }
    // A button is pressed by Enter, and the words of a fact by nothing else.
    if (event.key === "Enter" && target instanceof Element && target.closest("button, summary") !== null) {
      return;
    }
    const known = KEYS.find(([keys]) => keys.includes(event.key));
    if (known !== undefined) {
      event.preventDefault();
      known[3](this);
    }
  }

  #keyInField(event: KeyboardEvent, field: HTMLElement): void {
    if (event.key === "Escape" && this.#form?.contains(field) === true && this.current !== undefined) {
      event.preventDefault();
      this.#endWriting(this.current);
    } else if (field === this.#search && (event.key === "Escape" || event.key === "Enter" || event.key === "ArrowDown")) {
      event.preventDefault();
      if (event.key === "Escape") {
        this.#setFilter({ ...this.#filter, search: "" });
      }
      this.#makeCurrent(this.current, true);
    }
  }
}

/** The keys, folded away. */
function help(): HTMLElement {
  const list = element("dl", "keys");
  for (const [, shown, what] of KEYS) {
    list.append(element("div", "", element("dt", "", shown), element("dd", "", what)));
  }
  return element("details", "help", element("summary", "", "Keys"), list);
}
