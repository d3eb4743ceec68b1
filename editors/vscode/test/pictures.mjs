// The pictures of “Check a story” in the book, from the real thing: node pictures.mjs CODE_SERVER VSIX PROGRAM OUT
// The ones in docs/images were taken by it; look at them before they are put there.
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { browse, install, lay, LONG, serve, until } from "./workbench.mjs";

const [codeServer, vsix, program, out] = process.argv.slice(2).map((given) => path.resolve(given));
const place = lay(out, { "copydesk.date": "2018-02-12" });
install(codeServer, place, vsix);

const STORY = `---
sources: hearing.srt, budget.csv
---
# Board Keeps the Ferry

The harbor board voted on Monday to spend $4.5 million on a ferry that has crossed the bay since 1931. Ana Ruiz, 54, the chair, said 31 of 52 members agreed.

“We keep the ferry, and we pay for it ourselves,” Ruiz said.

The boat carried 118,000 people last year, 12 percent more than in 2016, according to a report by the Port of Alder. Dale Finch, the board’s treasurer, called it the largest purchase in the town’s history.
`;
const SPEECH = "1\n00:14:05,000 --> 00:14:09,000\nRUIZ: We keep the ferry, and we pay for it ourselves.\n";
const BUDGET = "Item,2017,2018\nFerry for the bay,0,4200000\nPier,120000,90000\n";
const story = path.join(place.stories, "ferry.md");
const before = STORY.replace("$4.5", "$4.2");
const write = (name, text) => fs.writeFileSync(path.join(place.stories, name), text);
write("ferry.md", before);
write("hearing.srt", SPEECH);
write("budget.csv", BUDGET);
const copydesk = (...given) => {
  const done = spawnSync(program, given, { cwd: place.stories, encoding: "utf8" });
  if (done.status !== 0) {
    throw new Error(`${given.join(" ")}: ${done.stdout}${done.stderr}`);
  }
  return done.stdout;
};
const by = ["--by", "Ana Ruiz", "--on", "2018-02-13"];
copydesk("facts", "tick", "ferry.md", "$4.2 million", "--source", "budget.csv#C2", ...by);
copydesk("facts", "tick", "ferry.md", "Monday", ...by);
copydesk("facts", "dispute", "ferry.md", "54", "--note", "55 in the program of 2017", ...by);
write("ferry.md", STORY);
write("ferry.html", copydesk("facts", "--all", "--date", "2018-02-12", "--format", "html", "ferry.md"));
fs.mkdirSync(path.join(place.stories, ".vscode"));
const look = { "editor.fontSize": 14, "editor.minimap.enabled": false, "editor.wordWrap": "on", "editor.stickyScroll.enabled": false };
write(".vscode/settings.json", JSON.stringify({ ...look, "workbench.colorTheme": "Default Light Modern", "workbench.activityBar.location": "hidden" }));

const server = await serve(codeServer, place);
const browser = await browse();
try {
  const page = await browser.newPage({ viewport: { width: 1200, height: 800 } });
  await page.goto(server.page(place.stories, [["openFile", server.uri(story)]]));
  const words = page.locator(".view-lines");
  await words.getByText("harbor board").first().waitFor({ timeout: LONG });
  const row = page.locator(".quick-input-widget .monaco-list-row");
  const command = async (title) => {
    await until(`the command ${title}`, async () => {
      await page.keyboard.press("F1");
      return row.first().waitFor({ timeout: 3000 }).then(() => true, () => false);
    });
    await page.keyboard.type(title);
    await row.filter({ hasText: title }).first().click();
  };
  await command("View: Hide Secondary Side Bar");
  await page.keyboard.press("Control+b");
  const hover = page.locator(".monaco-hover:not(.hidden)").filter({ hasText: "hearing.srt" });
  await until("the passage is shown", async () => {
    await page.mouse.move(600, 700);
    await words.getByText("We keep the ferry").first().hover({ position: { x: 120, y: 8 } });
    return hover.first().waitFor({ timeout: 3000 }).then(() => true, () => false);
  });
  await page.screenshot({ path: path.join(out, "hover.png"), clip: { x: 0, y: 0, width: 1200, height: 480 } });
  await page.mouse.move(600, 780);
  await command("Show Fact Sheet");
  const sheet = page.frameLocator("iframe.webview").frameLocator("iframe");
  await sheet.getByText("$4.5 million", { exact: true }).first().click({ timeout: LONG });
  await page.screenshot({ path: path.join(out, "desk.png") });
  await page.setViewportSize({ width: 1200, height: 700 });
  await page.goto(`file://${path.join(place.stories, "ferry.html")}`);
  await page.screenshot({ path: path.join(out, "page.png") });
} finally {
  await browser.close();
  server.stop();
}
