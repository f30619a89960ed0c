import { join, resolve } from "node:path";
import * as l10n from "@vscode/l10n";
import { contentsOf } from "../environments/contents.ts";
import { createEnvironment } from "../environments/create.ts";
import { activationOf, quoted } from "../environments/doctor.ts";
import { usualFolders } from "../environments/find.ts";
import { kindOf } from "../environments/layout.ts";
import type { Outcome } from "../environments/outcome.ts";
import { type CreateRequest, makesConda } from "../environments/request.ts";
import { defaultsFor } from "../host/environment-request.ts";
import type { ExitCode } from "./main.ts";

interface CreateOptions {
  readonly tool?: CreateRequest["tool"];
  readonly name?: string;
  readonly prefix?: string;
  readonly python?: string;
  readonly requirements?: readonly string[];
  readonly replace?: boolean;
  readonly format: "text" | "json";
  readonly folder: string;
}

/** `groundwork env create`: 0 made, 1 not (or not whole), 2 wrong usage or nothing to make it with. */
export async function createEnvironmentCommand(options: CreateOptions): Promise<ExitCode> {
  const request = await requestOf(options);
  if (!request) {
    console.error(
      l10n.t(
        "Nothing on this machine can make that environment. Install conda, uv or Python, or choose another `--tool`.",
      ),
    );
    return 2;
  }
  const controller = new AbortController();
  const cancel = () => controller.abort();
  process.once("SIGINT", cancel);
  process.once("SIGTERM", cancel);
  let last = "";
  const outcome = await createEnvironment(request, {
    env: process.env,
    signal: controller.signal,
    onProgress: ({ message }) => {
      if (message !== last) console.error(message);
      last = message;
    },
  });
  process.removeListener("SIGINT", cancel);
  process.removeListener("SIGTERM", cancel);
  if (options.format === "json") {
    const { log: _, ...told } = outcome;
    process.stdout.write(`${JSON.stringify(told)}\n`);
    return outcome.outcome === "created" ? 0 : 1;
  }
  const code = report(outcome);
  if (outcome.outcome === "created") console.error(await nextStep(outcome, request));
  return code;
}

/** A terminal does not use it by itself; the other commands do where it lies in one of the usual folders. */
async function nextStep({ prefix }: { readonly prefix: string }, { folder, tool }: CreateRequest): Promise<string> {
  const kind = await kindOf(prefix);
  const activation = activationOf(prefix, kind, makesConda(tool) ? tool : "conda");
  if (usualFolders.some((name) => join(folder, name) === prefix)) {
    return l10n.t("Activate it in a terminal with `{0}`.", activation);
  }
  const selection = `groundwork env select ${quoted(prefix)}`;
  return l10n.t("Activate it in a terminal with `{0}`, or let the project use it with `{1}`.", activation, selection);
}

async function requestOf(options: CreateOptions): Promise<CreateRequest | undefined> {
  const folder = resolve(options.folder);
  const isVenv = options.tool === "venv" || options.tool === "uv";
  const defaults = await defaultsFor(folder, options.tool && (isVenv ? "venv" : "conda"));
  const tool = options.tool ? defaults.tools.find((each) => each.tool === options.tool) : defaults.tools[0];
  if (!tool) return undefined;
  const prefix = options.prefix ?? (makesConda(tool.tool) ? undefined : ".venv");
  const python = options.python ?? (tool.tool === "venv" ? undefined : defaults.python);
  return {
    tool: tool.tool,
    executable: tool.executable,
    target: prefix === undefined ? { name: options.name ?? defaults.name } : { prefix },
    ...(python ? { pythonVersion: python } : {}),
    ...(tool.tool === "venv" && defaults.python ? { declaredPython: defaults.python } : {}),
    ...contentsOf(options.requirements ?? defaults.chosen),
    folder,
    ...(options.replace ? { replaceExisting: true } : {}),
  };
}

function report(outcome: Outcome): ExitCode {
  console.error(outcome.message);
  if (outcome.outcome === "created" || outcome.outcome === "pip-failed") console.log(outcome.prefix);
  if (outcome.outcome === "exists") console.error(l10n.t("Use `--replace` to delete it and create it anew."));
  if ((outcome.outcome === "failed" || outcome.outcome === "cancelled") && outcome.halfMade) {
    console.error(l10n.t("What was begun stands in {0}; delete that folder to start over.", outcome.halfMade.prefix));
  }
  return outcome.outcome === "created" ? 0 : 1;
}
