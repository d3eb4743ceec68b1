/**
 * Finding the program. Nothing here knows VS Code, so that every way it can be found, or refused, is easy to try.
 */

import * as fs from "node:fs";
import * as path from "node:path";

/** Where the program is looked for. */
export interface Places {
  /** The setting `copydesk.path`; empty when it is not set. */
  readonly configured: string;
  /** Where the program would be that came with the extension. */
  readonly bundled: string;
  /** The value of PATH. */
  readonly searchPath: string;
  /** The user's home folder. */
  readonly home: string;
  /** The folders of the workspace. */
  readonly folders: readonly string[];
  /** Whether the user trusts the workspace. */
  readonly trusted: boolean;
}

/** The program, with where it was found; or why there is none, in words for the user. */
export type Found =
  | { readonly program: string; readonly origin: "setting" | "extension" | "PATH" }
  | { readonly program: undefined; readonly reason: string };

const NAME = process.platform === "win32" ? "copydesk.exe" : "copydesk";

/**
 * Looks for the program: what the setting names, and nothing else, when it is set; or else what came with the extension,
 * or else what is on PATH.
 */
export function findProgram(places: Places): Found {
  if (places.configured !== "") {
    return configured(places);
  }
  if (isProgram(places.bundled)) {
    return { program: places.bundled, origin: "extension" };
  }
  const onPath = search(NAME, places);
  if (onPath !== undefined) {
    return { program: onPath, origin: "PATH" };
  }
  return { program: undefined, reason: "There is no program “copydesk” on PATH, and none came with this extension." };
}

function configured(places: Places): Found {
  const given = places.configured;
  if (!given.includes("/") && !given.includes(path.sep)) {
    const onPath = search(given, places);
    return onPath === undefined
      ? { program: undefined, reason: `The setting “copydesk.path” names “${given}”, which is not on PATH.` }
      : { program: onPath, origin: "setting" };
  }
  const program = absolute(given, places);
  if (program === undefined) {
    return {
      program: undefined,
      reason: `The setting “copydesk.path” names “${given}”, and no folder is open at which that could start.`,
    };
  }
  if (!places.trusted && isInside(program, places.folders)) {
    return {
      program: undefined,
      reason: `The setting “copydesk.path” names “${given}”, which lies in this workspace; you do not trust the workspace, so it is not started.`,
    };
  }
  if (!isProgram(program)) {
    return { program: undefined, reason: `The setting “copydesk.path” names “${given}”, which is no program that can be started.` };
  }
  return { program, origin: "setting" };
}

function absolute(given: string, places: Places): string | undefined {
  if (given.startsWith("~/")) {
    return path.join(places.home, given.slice(2));
  }
  if (path.isAbsolute(given)) {
    return given;
  }
  const first = places.folders[0];
  return first === undefined ? undefined : path.join(first, given);
}

/**
 * The first program of this name on PATH. Entries that depend on the working folder are left out: what they lead to is
 * whatever lies there.
 */
function search(name: string, places: Places): string | undefined {
  const entries = places.searchPath.split(path.delimiter).filter((entry) => path.isAbsolute(entry));
  const candidates = entries.map((entry) => path.join(entry, name));
  return candidates.find((file) => isProgram(file) && (places.trusted || !isInside(file, places.folders)));
}

/** Whether a file lies in one of the folders, by its name or by what its links lead to. */
function isInside(file: string, folders: readonly string[]): boolean {
  const names = [path.resolve(file), real(file)];
  return folders.some((folder) => {
    const roots = [path.resolve(folder), real(folder)];
    return roots.some((root) => names.some((name) => name === root || name.startsWith(root + path.sep)));
  });
}

/** The path without links; the path itself where there is no such file. */
function real(file: string): string {
  try {
    return fs.realpathSync(file);
  } catch {
    return path.resolve(file);
  }
}

function isProgram(file: string): boolean {
  try {
    fs.accessSync(file, fs.constants.X_OK);
    return fs.statSync(file).isFile();
  } catch {
    return false;
  }
}
