import type { ClientCapabilities, Connection } from "vscode-languageserver";
import { type Settings, settingDefinitions } from "../core/settings.ts";
import type { FolderSettings } from "./folders.ts";

/** What the editor's settings say of a folder; only what somebody set there counts, so that pyproject.toml is heard. */
export async function folderSettings(
  connection: Connection,
  client: ClientCapabilities,
  scopeUri: string,
): Promise<FolderSettings> {
  if (!client.workspace?.configuration)
    return { overrides: {}, environment: undefined, network: "ask", missingIsTold: false, isTrusted: true };
  const section: unknown = await connection.workspace.getConfiguration({ scopeUri, section: "groundwork" });
  const overrides: Partial<Record<keyof Settings, unknown>> = {};
  for (const { key, default: preset } of settingDefinitions) {
    const value = valueAt(section, key);
    if (value !== undefined && JSON.stringify(value) !== JSON.stringify(preset)) overrides[key] = value;
  }
  const environment = valueAt(section, "environment");
  const network = valueAt(section, "network");
  return {
    overrides,
    environment: typeof environment === "string" && environment !== "" ? environment : undefined,
    network: network === "never" || network === "always" ? network : "ask",
    missingIsTold: valueAt(section, "missingIsTold") === true,
    // A client that has no such setting answers with null; one that did not answer at all trusts nothing.
    isTrusted: section !== undefined && valueAt(section, "isTrusted") !== false,
  };
}

function valueAt(section: unknown, key: string): unknown {
  return typeof section === "object" && section !== null ? Reflect.get(section, key) : undefined;
}
