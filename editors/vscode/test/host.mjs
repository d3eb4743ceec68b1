// Runs the suite inside VS Code's real extension host: node host.mjs CODE_SERVER PROGRAM OUT
import fs from "node:fs";
import path from "node:path";
import { browse, lay, serve } from "./workbench.mjs";

const [codeServer, program, out] = process.argv.slice(2).map((given) => path.resolve(given));
const extension = path.resolve(import.meta.dirname, "..");
const result = path.join(out, "result.txt");
const place = lay(out, { "copydesk.path": program, "copydesk.date": "2018-02-12" });
for (const [name, text] of Object.entries({
  "ferry.md": "# Fares to Rise\n\nCafé 😀 Row: the council insists of meeting. Fares rise again later this year.\n",
  "closed.md": "# Fares\n\nThe harbor council insists of meeting.\n",
})) {
  fs.writeFileSync(path.join(place.stories, name), text);
}
const server = await serve(codeServer, place, { COPYDESK_RESULT: result });
let code = 1;
let browser;
try {
  browser = await browse();
  const page = await browser.newPage();
  const ended = new Promise((resolve, reject) => {
    setTimeout(() => reject(new Error("the tests did not end")), 240_000).unref();
    void page.exposeFunction("codeAutomationExit", resolve);
  });
  await page.exposeFunction("codeAutomationLog", (kind, words) => {
    fs.appendFileSync(path.join(out, "console.log"), `${kind} ${words.join(" ")}\n`);
  });
  await page.goto(
    server.page(place.stories, [
      ["extensionDevelopmentPath", server.uri(extension)],
      ["extensionTestsPath", server.uri(path.join(extension, "test/suite.cjs"))],
      ["skipWelcome", "true"],
    ]),
  );
  code = (await ended) === 0 ? 0 : 1;
  await page.screenshot({ path: path.join(out, "end.png") });
} catch (error) {
  console.error(error);
  await browser?.contexts()[0]?.pages()[0]?.screenshot({ path: path.join(out, "failure.png") });
} finally {
  await browser?.close();
  server.stop();
}
console.log(fs.existsSync(result) ? fs.readFileSync(result, "utf8").trim() : "the tests left no result");
process.exit(code);
