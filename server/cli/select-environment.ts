import { isAbsolute, relative, resolve, sep } from "node:path";
import * as l10n from "@vscode/l10n";
import { readEnvironment } from "../environments/environment.ts";
import { type ListedEnvironment, listEnvironments } from "../environments/list.ts";
import { select } from "../host/selection.ts";
import type { ExitCode } from "./main.ts";

interface Options {
  readonly clear?: boolean;
  readonly folder: string;
}

/** `groundwork env select`: 0 written, 2 no such environment, or settings that cannot be read. */
export async function selectCommand(wanted: string | undefined, { clear, folder }: Options): Promise<ExitCode> {
  const root = resolve(folder);
  const found = wanted === undefined ? [] : await environmentsFor(wanted, root);
  const [environment] = found;
  if (clear !== true && (environment === undefined || found.length > 1)) {
    console.error(found.length > 1 ? severalMessage(wanted ?? "", found) : noneMessage(wanted));
    return 2;
  }
  try {
    const file = await select(root, environment && placeOf(environment, root));
    console.error(
      environment
        ? l10n.t("The project uses {0} from now on; {1} says so.", environment.prefix, file)
        : l10n.t("No environment is selected any more; the project uses the one that is activated, or its own."),
    );
    return 0;
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error));
    return 2;
  }
}

/** By the name that `env list` shows, unless it is written as a path; then by path. */
async function environmentsFor(wanted: string, root: string): Promise<readonly ListedEnvironment[]> {
  if (!wanted.startsWith(".") && !/[\\/]/.test(wanted)) {
    const named = (await listEnvironments(root, process.env)).filter(({ name }) => name === wanted);
    if (named.length > 0) return named;
  }
  const environment = await readEnvironment(resolve(root, wanted));
  return environment ? [environment] : [];
}

/** As the editor writes it: the interpreter; what lies in the project stays right when that moves. */
function placeOf({ prefix, python }: ListedEnvironment, root: string): string {
  const path = relative(root, prefix);
  return path === "" || path.startsWith("..") || isAbsolute(path) ? python : path.split(sep).join("/");
}

function noneMessage(wanted: string | undefined): string {
  if (wanted === undefined) return l10n.t("Name an environment, or use `--clear`; `groundwork env list` shows them.");
  return l10n.t(
    "{0} is no Python environment. Nothing was changed; `groundwork env list` shows those there are.",
    wanted,
  );
}

function severalMessage(wanted: string, found: readonly ListedEnvironment[]): string {
  const places = found.map(({ prefix }) => prefix).join(", ");
  return l10n.t(
    "{0} is the name of several environments. Nothing was changed; choose one by its path: {1}",
    wanted,
    places,
  );
}
