/** Where the program is found, and where it is refused. Run by `node --test`. */

import assert from "node:assert";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { test } from "node:test";

import { findProgram } from "../src/program.ts";
import type { Places } from "../src/program.ts";

/** A folder with a workspace in it, and programs in and beside the workspace. */
function lay(): { root: string; workspace: string; program: (...parts: string[]) => string } {
  const root = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), "copydesk-")));
  const program = (...parts: string[]): string => {
    const file = path.join(root, ...parts);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, "", { mode: 0o755 });
    return file;
  };
  const workspace = path.join(root, "stories");
  fs.mkdirSync(workspace);
  return { root, workspace, program };
}

function places(root: string, more: Partial<Places>): Places {
  return {
    configured: "",
    bundled: path.join(root, "extension/bin/copydesk"),
    searchPath: "",
    home: path.join(root, "home"),
    folders: [path.join(root, "stories")],
    trusted: true,
    ...more,
  };
}

await test("the setting wins, then the extension's own program, then PATH", () => {
  const { root, program } = lay();
  const set = program("set/copydesk");
  const bundled = program("extension/bin/copydesk");
  program("bin/copydesk");
  const searchPath = path.join(root, "bin");
  assert.deepStrictEqual(findProgram(places(root, { configured: set, searchPath })), { program: set, origin: "setting" });
  assert.deepStrictEqual(findProgram(places(root, { searchPath })), { program: bundled, origin: "extension" });
  fs.rmSync(bundled);
  assert.deepStrictEqual(findProgram(places(root, { searchPath })), { program: path.join(searchPath, "copydesk"), origin: "PATH" });
});

await test("a setting that leads nowhere is said, and nothing else is started instead", () => {
  const { root, program } = lay();
  program("extension/bin/copydesk");
  const found = findProgram(places(root, { configured: "/nowhere/copydesk" }));
  assert.strictEqual(found.program, undefined);
  assert.match("reason" in found ? found.reason : "", /\/nowhere\/copydesk/);
});

await test("the home folder may be written short", () => {
  const { root, program } = lay();
  const mine = program("home/tools/copydesk");
  assert.deepStrictEqual(findProgram(places(root, { configured: "~/tools/copydesk" })), { program: mine, origin: "setting" });
});

await test("a program of a workspace that is not trusted is never started", () => {
  const { root, workspace, program } = lay();
  const inside = program("stories/bin/copydesk");
  const link = path.join(root, "link");
  fs.symlinkSync(inside, link);
  for (const configured of [inside, "./bin/copydesk", link]) {
    assert.strictEqual(findProgram(places(root, { configured, trusted: false })).program, undefined, configured);
  }
  const searchPath = path.join(workspace, "bin");
  assert.strictEqual(findProgram(places(root, { searchPath, trusted: false })).program, undefined, "PATH leads into it");
  assert.strictEqual(findProgram(places(root, { configured: inside })).program, inside, "in a trusted one it is");
});

await test("entries of PATH that depend on the working folder are passed over", () => {
  const { root, program } = lay();
  program("stories/copydesk");
  assert.strictEqual(findProgram(places(root, { searchPath: [".", "", "bin"].join(path.delimiter) })).program, undefined);
});
