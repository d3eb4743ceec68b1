// Draws images/icon.png from images/icon.svg: node scripts/icon.mjs
import fs from "node:fs";
import path from "node:path";
import { chromium } from "playwright-core";

const images = path.resolve(import.meta.dirname, "../images");
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu"],
});
const page = await browser.newPage({ viewport: { width: 128, height: 128 } });
await page.setContent(`<style>body { margin: 0 }</style>${fs.readFileSync(path.join(images, "icon.svg"), "utf8")}`);
await page.screenshot({ path: path.join(images, "icon.png"), omitBackground: true });
await browser.close();
