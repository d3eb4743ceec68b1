// One test through the user's own eyes and keys: the packaged extension is installed, a finding is seen, gone to, fixed
// from the menu and saved: node ui.mjs CODE_SERVER VSIX OUT
//
// With COPYDESK_PICTURES=1 it takes the pictures of the README and the walkthrough as well.
import assert from "node:assert";
import fs from "node:fs";
import path from "node:path";
import { browse, install, lay, LONG, serve, until } from "./workbench.mjs";

const [codeServer, vsix, out] = process.argv.slice(2).map((given) => path.resolve(given));
const root = path.resolve(import.meta.dirname, "..");
const pictures = process.env.COPYDESK_PICTURES === "1" ? path.join(root, "images") : out;

const place = lay(out);
install(codeServer, place, vsix);
const [installed] = fs.readdirSync(place.extensions).filter((name) => name.startsWith("copydesk.copydesk-"));
assert.ok(fs.statSync(path.join(place.extensions, installed, "bin/copydesk")).mode & 0o100, "the program lost its exec bit");

const BEFORE = "# Fares to Rise\n\nCafé 😀 Row: the harbor council insists of meeting.\n";
const file = path.join(place.stories, "fares.md");
fs.writeFileSync(file, BEFORE);
fs.copyFileSync(path.join(root, "media/example.md"), path.join(place.stories, "library.md"));
// The browser's settings hold for the workbench; those of the folder are the simplest to lay.
fs.mkdirSync(path.join(place.stories, ".vscode"));
fs.writeFileSync(
  path.join(place.stories, ".vscode/settings.json"),
  JSON.stringify({
    "editor.fontSize": 14,
    "editor.lineHeight": 22,
    "editor.folding": false,
    "editor.glyphMargin": false,
    "breadcrumbs.enabled": false,
    "workbench.reduceMotion": "on",
    "editor.minimap.enabled": false,
    "editor.wordWrap": "on",
    "editor.lineNumbers": "on",
    "editor.stickyScroll.enabled": false,
    "workbench.colorTheme": "Default Light Modern",
    "workbench.activityBar.location": "hidden",
    "workbench.layoutControl.enabled": false,
    "explorer.decorations.badges": true,
  }),
);

const server = await serve(codeServer, place);
let code = 1;
let browser;
let page;
try {
  browser = await browse();
  page = await browser.newPage({ viewport: { width: 1200, height: 800 }, deviceScaleFactor: 1 });
  const strangers = new Set();
  page.on("request", (request) => {
    const { protocol, hostname } = new URL(request.url());
    // Webviews have an address of that kind, which VS Code answers itself.
    const own = ["127.0.0.1", "localhost"].includes(hostname) || hostname.endsWith(".vscode-cdn.net");
    if (protocol.startsWith("http") && !own) {
      strangers.add(hostname);
    }
  });
  await page.goto(server.page(place.stories, [["openFile", server.uri(file)]]));
  const editor = page.locator(".editor-instance .monaco-editor").first();
  await editor.locator(".view-lines").waitFor({ timeout: LONG });

  const squiggles = editor.locator(".squiggly-warning");
  await squiggles.first().waitFor({ state: "attached", timeout: LONG });
  assert.strictEqual(await squiggles.count(), 1);
  await editor.click({ position: { x: 200, y: 12 } });

  // A key pressed while the workbench moves the focus is lost, so it is pressed again until it worked.
  const press = async (key, wanted) => {
    await until(`${key} works`, async () => {
      await page.keyboard.press(key);
      try {
        await wanted.waitFor({ timeout: 3000 });
        return true;
      } catch {
        return false;
      }
    });
  };
  const marker = page.locator(".marker-widget");
  await press("F8", marker);
  const message = (await marker.innerText()).replace(/\s+/g, " ");
  assert.match(message, /“insists of” should be/);
  assert.match(message, /words\/verb-preposition/);
  await page.keyboard.press("Escape");
  await marker.waitFor({ state: "detached" });

  const choices = page.locator(".action-widget .monaco-list-row.action");
  await press("Control+.", choices.first());
  const offered = (await choices.allInnerTexts()).map((text) => text.trim());
  assert.ok(offered.some((text) => text.includes("insists on")), offered.join(" | "));
  assert.ok(offered.some((text) => /ignore/i.test(text)), offered.join(" | "));
  await choices.filter({ hasText: "insists on" }).first().click();
  await squiggles.first().waitFor({ state: "detached", timeout: LONG });
  const after = BEFORE.replace("insists of", "insists on");
  await until("the file is saved", async () => {
    await page.keyboard.press("Control+s");
    return fs.readFileSync(file, "utf8") === after;
  });
  const bar = page.locator("#copydesk\\.copydesk\\.copydesk\\.status");
  await bar.waitFor();
  assert.deepStrictEqual([...strangers], [], "nothing leaves this machine");
  await takePictures(editor, bar, press);
  code = 0;
} catch (error) {
  console.error(error);
  await page?.screenshot({ path: path.join(out, "failure.png") });
} finally {
  await browser?.close();
  server.stop();
}
console.log(code === 0 ? "1 passed, 0 failed" : "0 passed, 1 failed");
process.exit(code);

/** Takes the pictures of the README, and sees on the way that the picker and the fact sheet open. */
async function takePictures(editor, bar, press) {
  const picture = (name) => page.screenshot({ path: path.join(pictures, `${name}.png`) });
  const quickInput = page.locator(".quick-input-widget");
  const row = quickInput.locator(".monaco-list-row");
  const command = async (title) => {
    await press("F1", row.first());
    await page.keyboard.type(title);
    await row.filter({ hasText: title }).first().click();
  };
  await page.goto(server.page(place.stories, [["openFile", server.uri(path.join(place.stories, "library.md"))]]));
  await editor.locator(".squiggly-info").first().waitFor({ state: "attached", timeout: LONG });
  await command("View: Hide Secondary Side Bar");
  await page.keyboard.press("Control+b");
  await bar.filter({ hasText: "2018-02-12" }).waitFor({ timeout: LONG });
  const lines = editor.locator(".view-lines");
  const marker = page.locator(".marker-widget");
  await lines.getByText("MILLBROOK").first().click({ position: { x: 10, y: 8 } });
  // What must not be published comes first.
  await press("F8", marker);
  assert.match(await marker.innerText(), /Feb. 20, 2018 is a Tuesday, not a Monday/);
  await picture("findings");
  await page.keyboard.press("Escape");
  await marker.waitFor({ state: "detached" });

  await lines.getByText("insists").first().click();
  const choices = page.locator(".action-widget .monaco-list-row.action");
  await press("Control+.", choices.first());
  assert.ok((await choices.allInnerTexts()).some((text) => text.includes("[sic]")));
  await picture("quote");
  await page.keyboard.press("Escape");

  await bar.click();
  await row.first().waitFor();
  await page.mouse.move(600, 700);
  await picture("date");
  await page.keyboard.press("Escape");
  // The state in the bar explains itself while it has the focus.
  await lines.getByText("insists").first().click();

  await command("Show Fact Sheet");
  const sheet = page.frameLocator("iframe.webview").frameLocator("iframe");
  await sheet.getByText("Pavel Oduya").first().waitFor({ timeout: LONG });
  await picture("facts");
  await sheet.getByRole("tab", { name: "What the story says" }).click();
  await sheet.locator(".fact").first().click();
  await page.locator(".editor-instance.active, .editor-group-container.active .editor-instance").first().waitFor();
}
