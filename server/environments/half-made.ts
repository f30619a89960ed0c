import { lstat, rm } from "node:fs/promises";
import { join } from "node:path";
import * as l10n from "@vscode/l10n";
import { isFile, isFolder, namesIn } from "./layout.ts";
import type { HalfMade } from "./outcome.ts";

/** What stands at a prefix now, to be recognised later; `undefined` when there is no folder of its own. */
export async function halfMadeAt(prefix: string): Promise<HalfMade | undefined> {
  const found = await lstat(prefix, { bigint: true }).catch(() => undefined);
  if (!found?.isDirectory()) return undefined;
  return { prefix, identity: `${found.dev}:${found.ino}:${found.birthtimeMs}` };
}

/** Is there an environment, or the beginning of one? */
export async function holdsEnvironment(prefix: string): Promise<boolean> {
  return (await isFolder(join(prefix, "conda-meta"))) || (await isFile(join(prefix, "pyvenv.cfg")));
}

export type Removal = { readonly removed: true } | { readonly removed: false; readonly message: string };

/**
 * Removes what a cancelled or failed run left behind. Refuses when the folder is no longer the one that this run
 * made, or when it holds anything but an environment.
 */
export async function removeEnvironment(halfMade: HalfMade): Promise<Removal> {
  const { prefix } = halfMade;
  const now = await halfMadeAt(prefix);
  if (now?.identity !== halfMade.identity) {
    return refused(l10n.t("{0} is no longer the folder that was begun. It was left as it is.", prefix));
  }
  if (!(await holdsEnvironment(prefix)) && (await namesIn(prefix)).length > 0) {
    return refused(
      l10n.t("{0} does not look like an environment. It was left as it is; remove it yourself if you want.", prefix),
    );
  }
  try {
    await rm(prefix, { recursive: true, maxRetries: 3 });
    return { removed: true };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return refused(
      l10n.t(
        "{0} could not be removed completely: {1}. Close the programs that use it and remove it yourself.",
        prefix,
        reason,
      ),
    );
  }
}

const refused = (message: string): Removal => ({ removed: false, message });
