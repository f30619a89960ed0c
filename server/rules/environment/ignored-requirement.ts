import * as l10n from "@vscode/l10n";
import { masked } from "../../core/credentials.ts";
import type { Edit } from "../../core/edit.ts";
import type { Fix, Problem, Rule } from "../../core/rule.ts";
import type { Project } from "../../project/project.ts";
import { foreignFormat } from "../../requirements/foreign.ts";
import { type IgnoredPart, ignoredParts } from "../../requirements/ignored.ts";
import type { Entry, RequirementsFile } from "../../requirements/model.ts";
import { readRequirements } from "../../requirements/reader.ts";
import { unsetVariables } from "../../requirements/unset.ts";

export const ignoredRequirement: Rule<RequirementsFile> = {
  name: "ignored-requirement",
  topic: "environment",
  severity: { production: "warning", undecided: "warning", experimental: "warning" },
  summary: () => l10n.t("pip accepts a line and ignores what it says"),
  why: () =>
    l10n.t(
      "Some mistakes in a requirements file are never reported: pip reads the line, ignores a part of it, and ends with success. `- numpy`, with the dash of a list, installs nothing. `--pre` behind a requirement does nothing. The marker behind `-e .` is dropped. `git@github.com:x.git` becomes a distribution called `git`. The file looks complete, and the environment that comes out of it is another one.\n\nThe reason to write the environment down is that it can be made again exactly, so what stands in the file must be what pip does. It is part of the section on `requirements.txt` in the tutorial *Ambientes virtuais*.",
    ),
  example: {
    path: "requirements.txt",
    bad: "- numpy==1.26.4\npandas==2.2.2 --pre\n",
    good: "numpy==1.26.4\npandas==2.2.2\n",
  },
  *check(file, project) {
    if (foreignFormat(file)) return;
    for (const entry of file.entries) {
      for (const part of ignoredParts(entry, file)) yield { at: part.at, message: messageFor(part, entry) };
      yield* unsetIn(entry, file, project);
    }
  },
  *fixes(file, problem) {
    for (const entry of file.entries) {
      if (problem.at.start < entry.at.start || problem.at.start >= entry.at.end) continue;
      const part = ignoredParts(entry, file).find(({ at }) => at.start === problem.at.start);
      const fix = part && entry.line === entry.endLine ? fixFor(part, entry, file) : undefined;
      if (fix) yield fix;
    }
  },
};

/** Only a hint: where the file is installed, the variable may well be set. */
function* unsetIn(entry: Entry, file: RequirementsFile, { variables, dependencies }: Project): Iterable<Problem> {
  if (!variables || !dependencies) return;
  const isSet = (name: string) => variables.has(name) || dependencies.isMentioned(name);
  for (const { name, at } of unsetVariables(entry, file, isSet)) {
    const message =
      entry.kind === "error"
        ? l10n.t("`{0}` is not set here, and pip refuses this line without it", name)
        : l10n.t("`{0}` is not set here, and pip leaves an unset variable as it is spelt", name);
    yield { at, message, severity: "hint" };
  }
}

function messageFor({ kind, text }: IgnoredPart, entry: Entry): string {
  const plain = masked(text);
  const shown = plain.length > 40 ? `${plain.slice(0, 39)}…` : plain;
  switch (kind) {
    case "bullet":
      return l10n.t("pip ignores this line because of the dash in front");
    case "glued":
      return text.startsWith("-i")
        ? l10n.t("pip takes `{0}` for the index `{1}`, not for a requirement", shown, shown.slice(2))
        : l10n.t("pip takes `{0}` for a folder of packages, `{1}`, not for a requirement", shown, shown.slice(2));
    case "option":
      return entry.kind === "requirement"
        ? l10n.t("pip ignores `{0}` behind a requirement; it needs a line of its own", shown)
        : l10n.t("pip ignores `{0}` here; it needs a line of its own", shown);
    case "words":
      return l10n.t("pip ignores `{0}` here", shown);
    case "address":
      return l10n.t("pip takes `git` for a distribution here; an SSH address starts with `git+ssh://`");
    case "variable":
      return l10n.t("pip expands only `{0}` in capitals, so `{1}` stays in the address", `\${NAME}`, shown);
  }
}

function fixFor(part: IgnoredPart, entry: Entry, file: RequirementsFile): Fix | undefined {
  const line = file.text.slice(entry.at.start, entry.at.end);
  const whole = (title: string, text: string, safe: boolean): Fix | undefined =>
    isRequirement(text) ? fix(title, [{ at: entry.at, text }], safe) : undefined;
  switch (part.kind) {
    case "bullet":
    case "glued":
      return whole(l10n.t("Remove the dash"), line.replace(/^-+\s*/, ""), false);
    case "address":
      return whole(l10n.t("Write `git+ssh://…`"), toSecureShell(line), true);
    case "option":
      return fix(l10n.t("Move to a line of its own"), lineOfItsOwn(part, file), false);
    case "words": {
      if (entry.kind !== "editable") return fix(l10n.t("Move to a line of its own"), lineOfItsOwn(part, file), false);
      const value = line.replace(/^(?:-e|--editable)[\s=]*/, "");
      return whole(l10n.t("Quote what belongs to `-e`"), `-e "${value.replaceAll('"', "'")}"`, false);
    }
    case "variable": {
      const name = part.text.replace(/[${}%]/g, "").toUpperCase();
      return /^[A-Z0-9_]+$/.test(name)
        ? fix(l10n.t("Write `{0}`", `\${${name}}`), [{ at: part.at, text: `\${${name}}` }], false)
        : undefined;
    }
  }

  function fix(title: string, edits: readonly Edit[], safe: boolean): Fix {
    return { title, kind: "quickfix", safe, edits: [{ path: file.path, edits }] };
  }
}

/** `…x.git==v1.0` names a tag in the manner of a version. */
function toSecureShell(address: string): string {
  return address.replace(/^git@([\w.-]+):/, "git+ssh://git@$1/").replace(/\.git==(?=[\w.-]+$)/, ".git@");
}

/** Options stand above what they speak for; without a comment between, since pip reads the whole file first. */
function lineOfItsOwn({ at, text }: IgnoredPart, file: RequirementsFile): Edit[] {
  const line = file.physicalLines.find(({ start, end }) => start <= at.start && at.start <= end);
  const lineEnd = file.text.includes("\r\n") ? "\r\n" : "\n";
  const start = line?.start ?? 0;
  const before = /[ \t]*$/.exec(file.text.slice(start, at.start))?.[0].length ?? 0;
  return [
    { at: { start, end: start }, text: text + lineEnd },
    { at: { start: at.start - before, end: at.end }, text: "" },
  ];
}

/** Whether pip reads the text as something to install, nothing ignored. */
function isRequirement(text: string): boolean {
  using file = readRequirements("requirements.txt", text);
  const [entry, ...others] = file.entries;
  const isInstalled = entry?.kind === "requirement" || entry?.kind === "editable";
  return isInstalled && others.length === 0 && !entry.error && ignoredParts(entry, file).length === 0;
}
