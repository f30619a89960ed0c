import type { Edit } from "../core/edit.ts";
import type { Span } from "../core/text.ts";
import { normalizedName, type Project, type PythonEnvironment } from "../project/project.ts";
import { generatedBy } from "./generated.ts";
import { markerHolds } from "./marker.ts";
import { markersIn } from "./markers-here.ts";
import type { Entry, RequirementsFile } from "./model.ts";
import { removalOf } from "./removal.ts";
import { satisfies } from "./specifier.ts";

/** An entry of a file that is not in the environment as the file says. */
export interface Drift {
  readonly name: string;
  readonly at: Span;
  /** The version that is installed and excluded; undefined for what is not installed. */
  readonly installed: string | undefined;
  /** What makes the file say what the environment holds; undefined where that cannot be written. */
  readonly edit: Edit | undefined;
}

/** The environment that the project has to itself; what everybody shares says nothing about this project. */
export function ownEnvironment({ environment }: Project): PythonEnvironment | undefined {
  return environment?.kind === "venv" || environment?.kind === "conda" ? environment : undefined;
}

/**
 * The requirements of a file that are missing in the project's own environment, or there in a version that they exclude
 * (pre-releases count in, as pip keeps what is installed). A file of which nothing is installed was meant for another
 * environment, unless it is the project's `requirements.txt`.
 */
export function driftIn(file: RequirementsFile, project: Project): readonly Drift[] {
  const environment = ownEnvironment(project);
  // Inputs of a compiler of locks say what may be chosen.
  if (!environment || /\.in$/i.test(file.path)) return [];
  const wanted = wantedIn(file, environment);
  const installedOf = ({ name = "" }: Entry) => environment.distributions.get(normalizedName(name))?.version;
  if (file.path !== "requirements.txt" && !wanted.some((entry) => installedOf(entry) !== undefined)) return [];
  const tellsMissing = !/constraint/i.test(file.path) && !project.missingIsTold;
  return wanted.flatMap((entry) => driftOf(entry, installedOf(entry), file, tellsMissing));
}

/** The named requirements that pip would install here. */
function wantedIn(file: RequirementsFile, environment: PythonEnvironment): readonly Entry[] {
  const markers = markersIn(environment);
  return file.entries.filter(
    ({ kind, name, marker, error }) =>
      kind === "requirement" &&
      name !== undefined &&
      error === undefined &&
      (marker === undefined || markerHolds(marker, markers) === true),
  );
}

function driftOf(
  entry: Entry,
  installed: string | undefined,
  file: RequirementsFile,
  tellsMissing: boolean,
): readonly Drift[] {
  const { name = "", nameAt, at, specifier, specifierAt } = entry;
  const place = { start: nameAt?.start ?? at.start, end: specifierAt?.end ?? nameAt?.end ?? at.end };
  const isGenerated = generatedBy(file) !== undefined;
  if (installed === undefined) {
    const edit = isGenerated ? undefined : removalOf(entry, file);
    return tellsMissing ? [{ name, at: place, installed, edit }] : [];
  }
  if (!specifierAt || specifier === "" || satisfies(installed, specifier)) return [];
  // A local label such as `+cpu` is nothing that an index offers.
  const edit = isGenerated ? undefined : { at: specifierAt, text: `==${installed.replace(/\+.*$/, "")}` };
  return [{ name, at: place, installed, edit }];
}
