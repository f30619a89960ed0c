import { type PinnedFile, type PinRequest, pinAndSortFile } from "../pins/pin-file.ts";
import { importedDistributions } from "../requirements/from-imports.ts";
import { usesUv } from "./uses-uv.ts";
import type { Workspace } from "./workspace.ts";

export interface CreatedRequirements {
  /** The whole text of a requirements file; empty when nothing is imported from elsewhere. */
  readonly text: string;
  readonly count: number;
  /** What could not be pinned, and why; it stands in the text without a version. */
  readonly left: PinnedFile["left"];
  /** Modules of which nobody knows the distribution; they are not in the text. */
  readonly unknown: readonly string[];
  readonly warnings: readonly string[];
}

/**
 * A requirements file of what the project imports itself, pinned to what is installed and sorted. Undefined while the
 * folder has not been read whole, and when it was cancelled.
 */
export async function createRequirements(
  workspace: Workspace,
  options: Pick<PinRequest, "network" | "signal" | "onProgress">,
): Promise<CreatedRequirements | undefined> {
  const { dependencies } = workspace.project;
  if (!dependencies) return undefined;
  const { names, unknown } = importedDistributions(dependencies, workspace.environment);
  const pinned = await pinAndSortFile({
    path: "requirements.txt",
    text: names.map((name) => `${name}\n`).join(""),
    folder: workspace.root,
    environment: workspace.environment,
    usesUv: usesUv(workspace.root),
    ...options,
  });
  if (pinned.refused !== undefined) return undefined;
  return { text: pinned.text, count: names.length, left: pinned.left, unknown, warnings: pinned.warnings };
}
