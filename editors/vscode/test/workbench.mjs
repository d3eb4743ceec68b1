// VS Code's server with a headless browser in front of it, for the tests.
import { spawn, spawnSync } from "node:child_process";
import fs from "node:fs";
import net from "node:net";
import path from "node:path";
import { chromium } from "playwright-core";

/** How long anything may take that a test waits for. */
export const LONG = 60_000;

const QUIET = {
  "workbench.startupEditor": "none",
  "workbench.tips.enabled": false,
  "telemetry.telemetryLevel": "off",
  "extensions.autoUpdate": false,
  "extensions.autoCheckUpdates": false,
  "update.mode": "none",
  "chat.disableAIFeatures": true,
  "security.workspace.trust.enabled": false,
  "editor.accessibilitySupport": "off",
  "files.autoSave": "off",
  "git.enabled": false,
};

/** The folders of one run below `out`, which is made anew; `machine` are the settings of the remote machine. */
export function lay(out, machine = {}) {
  fs.rmSync(out, { recursive: true, force: true });
  const place = { out, data: path.join(out, "data"), extensions: path.join(out, "extensions"), stories: path.join(out, "stories") };
  for (const folder of [path.join(place.data, "User"), path.join(place.data, "Machine"), place.extensions, place.stories]) {
    fs.mkdirSync(folder, { recursive: true });
  }
  fs.writeFileSync(path.join(place.data, "User/settings.json"), JSON.stringify(QUIET));
  fs.writeFileSync(path.join(place.data, "Machine/settings.json"), JSON.stringify(machine));
  return place;
}

function environment(place, more = {}) {
  return {
    ...process.env,
    // Nothing of the user's own is read, and no gallery is asked.
    XDG_CONFIG_HOME: path.join(place.out, "config"),
    XDG_DATA_HOME: path.join(place.out, "share"),
    EXTENSIONS_GALLERY: JSON.stringify({ serviceUrl: "", itemUrl: "", resourceUrlTemplate: "" }),
    ...more,
  };
}

/** Installs a package into the extensions' folder. */
export function install(codeServer, place, vsix) {
  const args = [codeServer, "--user-data-dir", place.data, "--extensions-dir", place.extensions, "--install-extension", vsix];
  const done = spawnSync(process.execPath, args, { env: environment(place), encoding: "utf8" });
  if (done.status !== 0) {
    throw new Error(`the package cannot be installed: ${`${done.stdout}${done.stderr}`.slice(-1000)}`);
  }
}

/**
 * Starts VS Code's own server. code-server's wrapper round it does not know `--enable-smoke-test-driver`, without which a
 * built workbench takes no tests to run in its extension host.
 */
export async function serve(codeServer, place, more) {
  const port = await new Promise((resolve) => {
    const probe = net.createServer().listen(0, "127.0.0.1", () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
  const main = path.join(path.dirname(codeServer), "../../lib/vscode/out/server-main.js");
  const log = fs.openSync(path.join(place.out, "server.log"), "w");
  const args = [
    ...[main, "--user-data-dir", place.data, "--extensions-dir", place.extensions],
    ...["--host", "127.0.0.1", "--port", String(port), "--without-connection-token", "--accept-server-license-terms"],
    ...["--telemetry-level", "off", "--disable-workspace-trust", "--enable-smoke-test-driver"],
  ];
  const process_ = spawn(process.execPath, args, { env: environment(place, more), stdio: ["ignore", log, log], detached: true });
  const address = `http://127.0.0.1:${port}`;
  await until("VS Code's server answers", async () => {
    try {
      return (await fetch(`${address}/version`)).ok;
    } catch {
      return false;
    }
  });
  return {
    /** The address of the workbench with a folder, and what else it is told. */
    page: (folder, payload) =>
      `${address}/?folder=${encodeURIComponent(folder)}&payload=${encodeURIComponent(JSON.stringify(payload))}`,
    /** How the workbench names a file. */
    uri: (file) => `vscode-remote://127.0.0.1:${port}${file}`,
    stop: () => process.kill(-process_.pid, "SIGTERM"),
  };
}

/** A browser that talks to nobody but this machine. */
export function browse() {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    headless: true,
    args: [
      ...["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"],
      ...["--disable-component-update", "--disable-sync"],
    ],
  });
}

/** Waits until `holds` gives something, and gives that. */
export async function until(what, holds, time = LONG) {
  for (const end = Date.now() + time; ; ) {
    const found = await holds();
    if (found) {
      return found;
    }
    if (Date.now() > end) {
      throw new Error(`waited in vain: ${what}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
