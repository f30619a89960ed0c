import { type Declarations, declaredIn, joined, nothingDeclared } from "../project/declaration.ts";
import type { EnvironmentFile } from "./model.ts";

/** What a conda environment file declares, with conda and with pip; undefined for a file that is none. */
export function declaredInEnvironmentFile(file: EnvironmentFile): Declarations | undefined {
  if (!file.isEnvironment) return undefined;
  const packages = file.packages.map((each) => each.name).filter((name) => name !== "python");
  const pip = file.pip?.requirements.map((each) => each.text) ?? [];
  return joined([
    {
      ...nothingDeclared,
      declared: packages.map((name) => ({ name, role: "runtime" })),
      saysPython: file.packages.some((each) => each.name === "python" && each.version !== undefined),
    },
    declaredIn(
      pip.filter((line) => !/^\s*-/.test(line)),
      "runtime",
    ),
    { ...nothingDeclared, isOpen: pip.some((line) => /^\s*(?:-e|--editable)\s+(?!\.\s*$)/.test(line)) },
  ]);
}
