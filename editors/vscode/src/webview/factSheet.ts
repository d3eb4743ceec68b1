/**
 * The page of the fact sheet: the desk, on which facts are checked, and beside it what the story says. It shows what the
 * extension sends, and tells it what the user decides and where he wants to go.
 */

/// <reference lib="dom" />

import type { Filter } from "./desk.ts";
import { DeskView } from "./deskView.ts";
import { button, element } from "./elements.ts";
import type { FromPage, Place, Row, Section, ToPage } from "./sections.ts";
import { originInWords } from "./sections.ts";

/** What the page still knows when it was hidden. */
interface State {
  uri: string;
  closed: string[];
  tab: Tab;
  filter: Filter;
}

type Tab = "desk" | "says";

interface Host {
  postMessage(message: FromPage): void;
  getState(): Partial<State> | undefined;
  setState(state: State): void;
}

declare function acquireVsCodeApi(): Host;

const host = acquireVsCodeApi();
/** The sections that the user closed. */
const closed = new Set(host.getState()?.closed ?? []);
let uri = host.getState()?.uri ?? "";
let tab: Tab = host.getState()?.tab ?? "desk";
function link(place: Place, label: string, className: string): HTMLButtonElement {
  return button(label, className, () => {
    host.postMessage({ kind: "go", place });
  });
}

function row(fact: Row): HTMLElement {
  const go = link(fact.place, "", fact.open ? "fact open" : "fact");
  const line = `line ${fact.place.start.line + 1}`;
  go.title = [fact.detail, `Go to ${line}`].filter(Boolean).join("\n");
  go.append(
    element("span", "line", String(fact.place.start.line + 1)),
    element("span", "text", fact.text),
    element("span", "meaning", fact.meaning),
  );
  const item = element("li", "", go);
  if (fact.more.length > 0) {
    const places = element("span", "more", "also in line ");
    let last = -1;
    for (const place of fact.more.filter((candidate) => candidate.start.line !== fact.place.start.line)) {
      if (place.start.line === last) {
        continue;
      }
      if (last !== -1) {
        places.append(", ");
      }
      last = place.start.line;
      places.append(link(place, String(place.start.line + 1), "place"));
    }
    if (last !== -1) {
      item.append(places);
    }
  }
  return item;
}

function section(content: Section): HTMLElement {
  const details = element("details", "");
  details.id = content.id;
  details.open = !closed.has(content.id);
  details.addEventListener("toggle", () => {
    if (details.open) {
      closed.delete(content.id);
    } else {
      closed.add(content.id);
    }
    keep();
  });
  const open = content.rows.filter((fact) => fact.open).length;
  const summary = element("summary", "", content.title, element("span", "count", String(content.rows.length)));
  if (open > 0) {
    const badge = element("span", "badge", `${open} open`);
    badge.title = "Nobody is named, no source is given, or the day is not known";
    summary.append(badge);
  }
  details.append(summary, element("ol", "", ...content.rows.map(row)));
  return details;
}

function header(sheet: ToPage): HTMLElement {
  const date = button("", "date", () => {
    host.postMessage({ kind: "date" });
  });
  date.title = "Change the publication date";
  if (sheet.published === null) {
    date.append("No publication date is known");
  } else {
    date.append(`Published ${sheet.published.long}`, element("span", "origin", originInWords(sheet.published.origin)));
  }
  const words = sheet.words === 1 ? "1 word" : `${sheet.words.toLocaleString("en-US")} words`;
  return element("header", "", element("h1", "", sheet.name), element("p", "", element("span", "words", words), date));
}

function keep(): void {
  host.setState({ uri, closed: [...closed], tab, filter: view.filter });
}

const view = new DeskView(host.getState()?.filter, (message) => { host.postMessage(message); }, keep);
const head = element("div", "");
const says = element("div", "");
const panels: Record<Tab, HTMLElement> = { desk: view.root, says };
const titles: Record<Tab, string> = { desk: "Facts to check", says: "What the story says" };
const tabs = {} as Record<Tab, HTMLButtonElement>;

/** The two pages of the sheet, as tabs. */
function makeTabs(): HTMLElement {
  const bar = element("div", "tabs");
  bar.setAttribute("role", "tablist");
  bar.setAttribute("aria-label", "Fact sheet");
  for (const name of ["desk", "says"] as const) {
    const made = button(titles[name], "tab", () => { turnTo(name); });
    made.id = `tab-${name}`;
    made.setAttribute("role", "tab");
    made.setAttribute("aria-controls", name);
    const panel = panels[name];
    panel.id = name;
    panel.setAttribute("role", "tabpanel");
    panel.setAttribute("aria-labelledby", made.id);
    tabs[name] = made;
    bar.append(made);
  }
  bar.addEventListener("keydown", (event) => {
    if (event.key === "ArrowRight" || event.key === "ArrowLeft") {
      turnTo(tab === "desk" ? "says" : "desk");
      tabs[tab].focus();
    }
  });
  return bar;
}

function turnTo(name: Tab): void {
  tab = name;
  for (const other of ["desk", "says"] as const) {
    tabs[other].setAttribute("aria-selected", String(other === name));
    tabs[other].tabIndex = other === name ? 0 : -1;
    panels[other].hidden = other !== name;
  }
  keep();
}

/** Writes what the story says anew. What had the focus keeps it when only the facts change. */
function showSections(sheet: ToPage): void {
  const focused = document.activeElement?.closest("details");
  const buttons = focused?.id && says.contains(focused) ? [...focused.querySelectorAll("button")] : [];
  const at = buttons.findIndex((candidate) => candidate === document.activeElement);
  const content = sheet.sections.length === 0 ? [element("p", "quiet", "The story holds no facts yet.")] : sheet.sections.map(section);
  says.replaceChildren(...content);
  if (at !== -1 && focused) {
    document.querySelectorAll<HTMLElement>(`#${focused.id} button`)[at]?.focus();
  }
}

function show(sheet: ToPage): void {
  const isNew = sheet.uri !== uri;
  const scrolled = isNew ? 0 : document.documentElement.scrollTop;
  uri = sheet.uri;
  const dated = head.contains(document.activeElement);
  head.replaceChildren(header(sheet));
  if (dated) {
    head.querySelector("button")?.focus();
  }
  showSections(sheet);
  bar.hidden = sheet.desk === null;
  if (sheet.desk === null) {
    turnTo("says");
  } else {
    view.show(sheet.desk);
  }
  document.documentElement.scrollTop = scrolled;
  keep();
}

const bar = makeTabs();
turnTo(tab);
window.addEventListener("message", (event: MessageEvent<ToPage>) => {
  const page = document.getElementById("sheet");
  if (page !== null && !page.contains(head)) {
    page.replaceChildren(head, bar, view.root, says);
  }
  show(event.data);
});

host.postMessage({ kind: "ready" });
