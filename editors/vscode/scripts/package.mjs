// Packages the extension. With a program inside, for one platform; without, for all, where the program is looked for on
// PATH: node scripts/package.mjs OUTPUT.vsix [TARGET PROGRAM], such as linux-x64 ../../target/dist/copydesk
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";

const root = path.resolve(import.meta.dirname, "..");
const [output, target, program] = process.argv.slice(2);
if (output === undefined || (target === undefined) !== (program === undefined)) {
  console.error("usage: node scripts/package.mjs OUTPUT.vsix [TARGET PROGRAM]");
  process.exit(2);
}
const file = path.resolve(output);
const bin = path.join(root, "bin");
// What an earlier package needed must not get into this one.
fs.rmSync(bin, { recursive: true, force: true });
if (program !== undefined) {
  fs.mkdirSync(bin);
  const inside = path.join(bin, target.startsWith("win32") ? "copydesk.exe" : "copydesk");
  fs.copyFileSync(path.resolve(program), inside);
  fs.chmodSync(inside, 0o755);
}
const platform = target === undefined ? [] : ["--target", target];
const made = spawnSync(
  process.execPath,
  [path.join(root, "node_modules/@vscode/vsce/vsce"), "package", "--no-dependencies", ...platform, "--out", file],
  { cwd: root, stdio: ["ignore", "inherit", "inherit"] },
);
fs.rmSync(bin, { recursive: true, force: true });
process.exit(made.status ?? 1);
