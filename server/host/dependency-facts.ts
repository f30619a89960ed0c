import { posix } from "node:path";
import { claimIn, isReadme } from "../core/claims.ts";
import { declaredInEnvironmentFile } from "../environment-file/declared.ts";
import { readEnvironmentFile } from "../environment-file/reader.ts";
import type { Language } from "../languages.ts";
import { type Declarations, joined } from "../project/declaration.ts";
import { declaredInSetup, declaredInSetupConfiguration } from "../project/declared-in-setup.ts";
import {
  declaredInPipfile,
  declaredInPixi,
  declaredInPyproject,
  declaredInScript,
} from "../project/declared-in-toml.ts";
import type { FileFacts } from "../project/dependency-index.ts";
import { importsIn } from "../project/imports.ts";
import { declaredInRequirements } from "../requirements/declared.ts";
import { includedFiles } from "../requirements/includes.ts";
import { readRequirements } from "../requirements/reader.ts";
import { declares } from "./python-reader.ts";

/** Files that are no language of ours and yet tell what the project needs; the rest of the name may follow. */
const sources: readonly (readonly [RegExp, (text: string) => FileFacts])[] = [
  [/\.pyx$/, (text) => ({ code: importsIn(Buffer.from(text)) })],
  [/(?:^|\/)pyproject\.toml$/, (text) => declaring(declaredInPyproject(text))],
  [/(?:^|\/)Pipfile$/, (text) => declaring(declaredInPipfile(text))],
  [/(?:^|\/)pixi\.toml$/, (text) => declaring(declaredInPixi(text))],
  [/(?:^|\/)setup\.cfg$/, (text) => declaring(declaredInSetupConfiguration(text))],
  [/(?:^|\/)(?:\.python-version|runtime\.txt|\.tool-versions)$/, (text) => sayingPython(/\d/.test(text))],
  [
    /(?:^|\/)(?:[^/]*Dockerfile[^/]*|Containerfile|[^/]*\.dockerfile)$/i,
    (text) => ({ ...sayingPython(/^\s*FROM\s+\S*python\S*:\S*\d/im.test(text)), words: wordsIn(text) }),
  ],
  [/(?:^|\/)(?:tox\.ini|Procfile|[Mm]akefile|justfile|mkdocs\.ya?ml|app\.ya?ml|serverless\.ya?ml)$/, installing],
  [
    /(?:^|\/)(?:\.travis|\.gitlab-ci|azure-pipelines|appveyor|cloudbuild|\.?readthedocs|docker-compose[^/]*|compose)\.ya?ml$/,
    installing,
  ],
  [/(?:^|\/)(?:\.github\/workflows|\.circleci)\/[^/]+\.ya?ml$/, installing],
  [/\.(?:sh|bash|ps1|bat)$/, installing],
];

/** Whether a file (POSIX path), of no language of ours, tells something about dependencies, or claims something of its folder. */
export function isDependencySource(path: string): boolean {
  return isReadme(path) || sources.some(([pattern]) => pattern.test(path));
}

/** What such a file tells. */
export function factsInSource(path: string, text: string): FileFacts {
  if (isReadme(path)) return claiming(path, text);
  return sources.find(([pattern]) => pattern.test(path))?.[1](text) ?? {};
}

/**
 * What a file tells that is of one of our languages, but no Python, from its bytes in UTF-8; `textAt` reads the
 * requirements files it names.
 */
export function factsInLanguage(
  path: string,
  language: Language,
  bytes: Uint8Array,
  textAt: (path: string) => string | undefined,
): FileFacts {
  const text = Buffer.from(bytes)
    .toString("utf8")
    .replace(/^\ufeff/, "");
  if (language.grammar === "requirements") return factsInRequirements(path, text, textAt);
  return factsInEnvironmentFile(path, text);
}

/** What a Python file declares or claims, by its bytes in UTF-8. */
export function declaredInPython(
  path: string,
  bytes: Uint8Array,
): Pick<FileFacts, "script" | "declarations" | "claim"> {
  if (!declares(path, bytes)) return {};
  const text = Buffer.from(bytes).toString("utf8");
  const claim = claiming(path, text);
  const script = declaredInScript(text);
  if (script) return { script, ...claim };
  return posix.basename(path) === "setup.py" ? { ...declaring(declaredInSetup(text)), ...claim } : claim;
}

/** What a requirements file declares, with the files that it includes, which may have names that no scan knows. */
function factsInRequirements(path: string, text: string, textAt: (path: string) => string | undefined): FileFacts {
  using file = readRequirements(path, text);
  const included = includedFiles(file, textAt).filter((each) => !each.isConstraint);
  return { declarations: joined([file, ...included.map((each) => each.file)].map(declaredInRequirements)) };
}

/** What a conda environment file declares. */
function factsInEnvironmentFile(path: string, text: string): FileFacts {
  using file = readEnvironmentFile(path, text);
  return declaring(declaredInEnvironmentFile(file));
}

function claiming(path: string, text: string): Pick<FileFacts, "claim"> {
  const claim = claimIn(path, text);
  return claim ? { claim } : {};
}

function declaring(declarations: Declarations | undefined): Pick<FileFacts, "declarations"> {
  return declarations ? { declarations } : {};
}

/** A file that names a version of Python declares nothing else, and is not enough for an environment. */
function sayingPython(says: boolean): FileFacts {
  return says ? { saysPython: true } : {};
}

function installing(text: string): FileFacts {
  const names = /python-version|python_version|^\s*python\s*:|basepython|envlist\s*=/m.test(text);
  return { ...sayingPython(names), words: wordsIn(text) };
}

/** Everything that may be the name of a distribution, a module or a command, each once; comments left out. */
function wordsIn(text: string): string[] {
  const words = text.replace(/^\s*#.*$/gm, "").match(/[A-Za-z_][\w.-]*\w/g);
  return [...new Set(words ?? [])];
}
