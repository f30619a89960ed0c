import type { Project } from "../project/project.ts";
import { markersIn } from "./markers-here.ts";
import type { RequirementsFile } from "./model.ts";
import { type Pins, pinRequirements } from "./pin.ts";

/** What the environment's own distributions can fix without asking anybody; of one line (from 0), or of all. */
export function installedPins(file: RequirementsFile, { environment }: Project, line?: number): Pins | undefined {
  if (!environment || environment.kind === "base" || environment.kind === "system") return undefined;
  const versionOf = (name: string) => environment.distributions.get(name);
  const pins = pinRequirements(file, {
    versionOf,
    markers: markersIn(environment),
    ...(line === undefined ? {} : { line }),
  });
  return "edits" in pins ? pins : undefined;
}
