/** The page of the fact sheet. It shows what the extension sends, and tells it where the user wants to go. */

/// <reference lib="dom" />

import type { FromPage, Place, Row, Section, ToPage } from "./sections.ts";
import { originInWords } from "./sections.ts";

interface Host {
  postMessage(message: FromPage): void;
  getState(): { uri: string; closed?: string[] } | undefined;
  setState(state: { uri: string; closed: string[] }): void;
}

declare function acquireVsCodeApi(): Host;

const host = acquireVsCodeApi();
/** The sections that the user closed. */
const closed = new Set(host.getState()?.closed ?? []);
let uri = host.getState()?.uri ?? "";

function element<K extends keyof HTMLElementTagNameMap>(name: K, className: string, ...children: (Node | string)[]): HTMLElementTagNameMap[K] {
  const made = document.createElement(name);
  made.className = className;
  made.append(...children);
  return made;
}

function link(place: Place, label: string, className: string): HTMLButtonElement {
  const button = element("button", className, label);
  button.type = "button";
  button.addEventListener("click", () => {
    host.postMessage({ kind: "go", place });
  });
  return button;
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
  const date = element("button", "date");
  date.type = "button";
  date.title = "Change the publication date";
  date.addEventListener("click", () => {
    host.postMessage({ kind: "date" });
  });
  if (sheet.published === null) {
    date.append("No publication date is known");
  } else {
    date.append(`Published ${sheet.published.long}`, element("span", "origin", originInWords(sheet.published.origin)));
  }
  const words = sheet.words === 1 ? "1 word" : `${sheet.words.toLocaleString("en-US")} words`;
  return element("header", "", element("h1", "", sheet.name), element("p", "", element("span", "words", words), date));
}

function keep(): void {
  host.setState({ uri, closed: [...closed] });
}

window.addEventListener("message", (event: MessageEvent<ToPage>) => {
  const sheet = event.data;
  const page = document.getElementById("sheet");
  if (page === null) {
    return;
  }
  // What had the focus, and how far the page was scrolled, stays when only the facts change.
  const focused = document.activeElement?.closest("details")?.id;
  const buttons = focused === undefined ? [] : [...document.querySelectorAll(`#${focused} button`)];
  const at = buttons.findIndex((button) => button === document.activeElement);
  const scrolled = sheet.uri === uri ? document.documentElement.scrollTop : 0;
  uri = sheet.uri;
  keep();
  const content = sheet.sections.length === 0 ? [element("p", "quiet", "The story holds no facts yet.")] : sheet.sections.map(section);
  page.replaceChildren(header(sheet), ...content);
  document.documentElement.scrollTop = scrolled;
  if (focused !== undefined) {
    document.querySelectorAll<HTMLElement>(`#${focused} button`)[at]?.focus();
  }
});

host.postMessage({ kind: "ready" });
