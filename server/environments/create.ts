import { lstat, rename, rm } from "node:fs/promises";
import { resolve } from "node:path";
import * as l10n from "@vscode/l10n";
import { halfMadeAt, holdsEnvironment } from "./half-made.ts";
import { readInstalled } from "./installed.ts";
import { isBasePrefix, isFolder, namesIn, pythonOf } from "./layout.ts";
import {
  cancelledMessage,
  createdMessage,
  existsMessage,
  type Failure,
  failureMessage,
  fillFailedMessage,
  type Left,
} from "./messages.ts";
import type { HalfMade, Outcome } from "./outcome.ts";
import { installContents } from "./pip.ts";
import { type CreateRequest, makesConda, refusalOf } from "./request.ts";
import { type CreationHost, Session } from "./session.ts";
import { condaPlaces, make } from "./tools.ts";
import { versionOf } from "./version.ts";

/** An outcome without its log, which {@link createEnvironment} adds. */
type Ending<Of = Outcome> = Of extends unknown ? Omit<Of, "log"> : never;

/** Where the environment will be: the places to watch, the likely one first. */
interface Place {
  readonly prefixes: readonly string[];
  readonly prefix: string;
  readonly withoutChannels: boolean;
}

/**
 * Makes an environment and installs requirements files in it. What exists already is reported, not touched, unless
 * `replaceExisting` is set; then it is set aside, and put back should the new one fail. Never rejects for what the
 * tools do; a cancellation ends all their processes.
 */
export async function createEnvironment(request: CreateRequest, host: CreationHost): Promise<Outcome> {
  const session = new Session(host, request.folder);
  const ending = await create(request, session);
  return { ...ending, log: session.log };
}

async function create(request: CreateRequest, session: Session): Promise<Ending> {
  const refusal = await refusalOf(request);
  if (refusal !== undefined) return { outcome: "failed", reason: "refused", message: refusal };
  const place = await placeOf(request, session);
  if (session.cancelled) return cancelled(nothingLeft);
  if ("reason" in place) return failed(request, place, nothingLeft);
  const taken = await takenBy(place);
  if (taken === undefined) return makeAndFill(request, session, place, undefined);
  const refused = await replacementRefusal(taken, request);
  if (refused) return refused;
  return replace(request, session, { ...place, prefix: taken });
}

async function placeOf(request: CreateRequest, session: Session): Promise<Place | Failure> {
  if ("prefix" in request.target) {
    const prefix = resolve(request.folder, request.target.prefix);
    if (!makesConda(request.tool)) return { prefixes: [prefix], prefix, withoutChannels: false };
    const asked = request.tool === "conda" ? undefined : await condaPlaces(session, request, "unnamed");
    if (asked && "reason" in asked) return asked;
    return { prefixes: [prefix], prefix, withoutChannels: asked?.places.withoutChannels ?? false };
  }
  const asked = await condaPlaces(session, request, request.target.name);
  if ("reason" in asked) return asked;
  const [prefix = ""] = asked.places.prefixes;
  return { ...asked.places, prefix };
}

/** The first place that is not free. An empty folder is free. */
async function takenBy(place: Place): Promise<string | undefined> {
  for (const prefix of place.prefixes) {
    const found = await lstat(prefix).catch(() => undefined);
    if (found && !(found.isDirectory() && (await namesIn(prefix)).length === 0)) return prefix;
  }
  return undefined;
}

/** Answers instead of replacing: nobody asked for it, or what is there is no environment that may be replaced. */
async function replacementRefusal(prefix: string, request: CreateRequest): Promise<Ending | undefined> {
  if (!(await isFolder(prefix)) || !(await holdsEnvironment(prefix)) || (await isBasePrefix(prefix))) {
    const message = l10n.t(
      "{0} exists and is no environment of its own. It was left as it is. Choose another place.",
      prefix,
    );
    return { outcome: "failed", reason: "not-an-environment", message };
  }
  return request.replaceExisting ? undefined : { outcome: "exists", prefix, message: existsMessage(prefix) };
}

/** Sets the existing environment aside first: conda would delete it before it knows whether it can make a new one. */
async function replace(request: CreateRequest, session: Session, place: Place): Promise<Ending> {
  const aside = `${place.prefix}.replaced-${Date.now()}`;
  try {
    await rename(place.prefix, aside);
  } catch (error) {
    session.note(String(error));
    const message = l10n.t(
      "{0} cannot be replaced, because it is in use or protected. It was left as it is. Close the programs that use it and try again.",
      place.prefix,
    );
    return { outcome: "failed", reason: "in-use", message };
  }
  return makeAndFill(request, session, place, aside);
}

async function makeAndFill(
  request: CreateRequest,
  session: Session,
  place: Place,
  aside: string | undefined,
): Promise<Ending> {
  const made = await make(session, request, place.prefix, place.withoutChannels);
  const python = "reason" in made ? undefined : await pythonOf(made.prefix);
  if ("reason" in made || python === undefined || session.cancelled) {
    const left = await leftBehind(place, aside, session);
    if (session.cancelled) return cancelled(left);
    return failed(request, "reason" in made ? made : { reason: "nothing-made", detail: "" }, left);
  }
  return fill(request, session, { prefix: made.prefix, python }, place, aside);
}

/** Only when everything is in it, the environment that was set aside goes. */
async function fill(
  request: CreateRequest,
  session: Session,
  { prefix, python }: { readonly prefix: string; readonly python: string },
  place: Place,
  aside: string | undefined,
): Promise<Ending> {
  const { environmentFile, project, requirements, folder } = request;
  const version = await versionOf(prefix, python);
  if (requirements.length > 0 || project) {
    const uv = request.tool === "uv" ? { uv: request.executable } : {};
    const { by, reason } = await installContents(session, { python, prefix, ...uv }, request, folder);
    if (session.cancelled) return cancelled(await leftBehind({ ...place, prefixes: [prefix] }, aside, session));
    if (reason !== undefined && aside !== undefined) {
      const message = failureMessage(
        by,
        { reason: "other", detail: reason },
        (await putBack(place.prefix, aside, session)).left,
      );
      return { outcome: "failed", reason: "pip-failed", message };
    }
    if (reason !== undefined)
      return { outcome: "pip-failed", prefix, python, message: fillFailedMessage(prefix, by, reason) };
  }
  if (aside !== undefined) {
    await rm(aside, { recursive: true, force: true, maxRetries: 3 }).catch((error) => session.note(String(error)));
  }
  const files = [environmentFile, ...requirements, project ? "pyproject.toml" : undefined].filter(
    (each) => each !== undefined,
  );
  const { size } = await readInstalled(prefix, version, session.variables);
  return {
    outcome: "created",
    prefix,
    python,
    message: createdMessage(prefix, version, files, size, request.declaredPython),
  };
}

interface LeftOver {
  readonly left: Left;
  readonly halfMade?: HalfMade;
}

async function leftBehind(place: Place, aside: string | undefined, session: Session): Promise<LeftOver> {
  return aside === undefined ? whatIsLeft(place) : putBack(place.prefix, aside, session);
}

/** What stands where nothing stood before the run. */
async function whatIsLeft(place: Place): Promise<LeftOver> {
  for (const prefix of place.prefixes) {
    const halfMade = await halfMadeAt(prefix);
    if (halfMade && (await namesIn(prefix)).length > 0) return { left: { left: "half-made", prefix }, halfMade };
  }
  return nothingLeft;
}

const nothingLeft: LeftOver = { left: { left: "nothing" } };

/** The unfinished environment goes, the one that was set aside returns. */
async function putBack(prefix: string, aside: string, session: Session): Promise<LeftOver> {
  try {
    await rm(prefix, { recursive: true, force: true, maxRetries: 3 });
    await rename(aside, prefix);
    return { left: { left: "previous", prefix } };
  } catch (error) {
    session.note(String(error));
    return { left: { left: "aside", prefix: aside } };
  }
}

function cancelled({ left, halfMade }: LeftOver): Ending {
  return { outcome: "cancelled", message: cancelledMessage(left), ...(halfMade ? { halfMade } : {}) };
}

function failed(request: CreateRequest, failure: Failure, { left, halfMade }: LeftOver): Ending {
  const message = failureMessage(request.tool, failure, left);
  return { outcome: "failed", reason: failure.reason, message, ...(halfMade ? { halfMade } : {}) };
}
