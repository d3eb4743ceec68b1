/** The schema of `copydesk.toml`, for extensions that know TOML. */

import * as vscode from "vscode";

/**
 * Completes the address of the schema in this extension's manifest.
 *
 * Even Better TOML and Tombi read `contributes.tomlValidation` of all extensions when their servers start, and take the
 * address as it stands. A manifest cannot know where it will be installed, and the schema must be had offline; so the
 * relative address is completed in the manifest that VS Code holds.
 */
export function completeSchemaAddress(extension: vscode.Extension<unknown>): void {
  const manifest = extension.packageJSON as { contributes?: { tomlValidation?: { url: string }[] } };
  for (const validation of manifest.contributes?.tomlValidation ?? []) {
    if (validation.url.startsWith("./")) {
      try {
        validation.url = vscode.Uri.joinPath(extension.extensionUri, validation.url).toString();
      } catch {
        // A manifest that cannot be changed leaves those extensions without the schema; the server checks the file anyway.
      }
    }
  }
}
