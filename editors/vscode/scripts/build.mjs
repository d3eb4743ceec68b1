// Bundles the extension and the page of the fact sheet, and copies what a package must hold from elsewhere in the
// repository: node scripts/build.mjs [--production]
import fs from "node:fs";
import path from "node:path";
import * as esbuild from "esbuild";

const root = path.resolve(import.meta.dirname, "..");
const repository = path.resolve(root, "../..");
const production = process.argv.includes("--production");

const common = {
  absWorkingDir: root,
  bundle: true,
  minify: production,
  sourcemap: production ? false : "linked",
  metafile: true,
  logLevel: "warning",
};
const extension = await esbuild.build({
  ...common,
  entryPoints: ["src/extension.ts"],
  outfile: "dist/extension.js",
  platform: "node",
  format: "cjs",
  // Node 20 is what VS Code 1.91, the oldest that is supported, runs extensions with.
  target: "node20",
  external: ["vscode"],
});
const page = await esbuild.build({
  ...common,
  entryPoints: ["src/webview/factSheet.ts"],
  outfile: "dist/factSheet.js",
  platform: "browser",
  format: "iife",
  target: "es2022",
});

fs.writeFileSync(
  path.join(root, "LICENSE.txt"),
  ["LICENSE-MIT", "LICENSE-APACHE"].map((name) => fs.readFileSync(path.join(repository, name), "utf8")).join("\n\n---\n\n"),
);
fs.writeFileSync(path.join(root, "THIRD-PARTY-NOTICES.txt"), notices([extension, page]));
fs.mkdirSync(path.join(root, "schemas"), { recursive: true });
fs.copyFileSync(path.join(repository, "docs/schema/copydesk.schema.json"), path.join(root, "schemas/copydesk.schema.json"));

/** The licences of the packages that went into the bundles. */
function notices(builds) {
  const packages = new Set();
  for (const input of builds.flatMap((build) => Object.keys(build.metafile.inputs))) {
    const inside = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(input);
    if (inside) {
      packages.add(inside[1]);
    }
  }
  const parts = [...packages].sort().map((folder) => {
    const manifest = JSON.parse(fs.readFileSync(path.join(root, folder, "package.json"), "utf8"));
    const file = fs.readdirSync(path.join(root, folder)).find((name) => /^licen[sc]e/i.test(name));
    const text = file === undefined ? "" : fs.readFileSync(path.join(root, folder, file), "utf8").trim();
    return `${manifest.name} ${manifest.version} (${manifest.license})\n\n${text}\n`;
  });
  return `This extension contains the following packages.\n\n${parts.join(`\n${"-".repeat(80)}\n\n`)}`;
}
