import type { PythonEnvironment } from "../project/project.ts";
import type { MarkerEnvironment } from "./marker.ts";

/** The marker variables that an environment's files tell; the rest of its platform is not known to a rule. */
export function markersIn({ version }: PythonEnvironment): MarkerEnvironment {
  if (version === undefined) return { extra: "" };
  return { extra: "", python_full_version: version, python_version: version.split(".").slice(0, 2).join(".") };
}
