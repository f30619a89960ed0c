import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { normalizedName } from "../project/project.ts";

/**
 * The distributions (PEP 503 names) by the top-level modules that they hold, from RECORD (PEP 376) or, where that names
 * none, as for editable installs, from `top_level.txt`. The folders are read when the answer is first asked for: an
 * environment may hold hundreds of thousands of files. What cannot be read is left out.
 */
export function modulesIn(folders: readonly string[]): () => ReadonlyMap<string, readonly string[]> {
  let modules: Map<string, string[]> | undefined;
  return () => {
    modules ??= folders.reduce(addFolder, new Map());
    return modules;
  };
}

function addFolder(modules: Map<string, string[]>, folder: string): Map<string, string[]> {
  for (const info of namesIn(folder)) {
    const name = /^([^-~][^-]*)-.*\.(?:dist|egg)-info$/.exec(info)?.[1];
    if (name === undefined) continue;
    const distribution = normalizedName(name);
    for (const module of modulesOf(join(folder, info))) {
      const known = modules.get(module);
      if (!known) modules.set(module, [distribution]);
      else if (!known.includes(distribution)) known.push(distribution);
    }
  }
  return modules;
}

function modulesOf(info: string): ReadonlySet<string> {
  const recorded = modulesInRecord(textOf(join(info, "RECORD")));
  if (recorded.size > 0) return recorded;
  const lines = textOf(join(info, "top_level.txt")).split(/\s+/);
  return new Set(lines.filter((line) => line !== ""));
}

/** `name/…`, `name.py` and extension modules; paths that begin elsewhere, and what is about the distribution, are not. */
function modulesInRecord(record: string): ReadonlySet<string> {
  const modules = new Set<string>();
  let last = "";
  for (let start = 0; start < record.length; start = nextLine(record, start)) {
    // Most lines lie in the same folder as the line before.
    if (last !== "" && record.startsWith(last, start)) continue;
    const isQuoted = record[start] === '"';
    const path = isQuoted ? /[^\r\n"]*/y : /[^\r\n,]*/y;
    path.lastIndex = start + (isQuoted ? 1 : 0);
    const [first = ""] = path.exec(record) ?? [];
    const folder = /^([A-Za-z_]\w*)\/.*\.(?:pyi?|so|pyd)$/.exec(first)?.[1];
    if (folder !== undefined && folder !== "__pycache__") {
      modules.add(folder);
      last = `${folder}/`;
    } else {
      const module = /^([A-Za-z_]\w*)(?:\.[\w-]+)*\.(?:py|so|pyd)$/.exec(first)?.[1];
      if (module !== undefined) modules.add(module);
    }
  }
  return modules;
}

function nextLine(text: string, start: number): number {
  const end = text.indexOf("\n", start);
  return end < 0 ? text.length : end + 1;
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder).sort();
  } catch {
    return [];
  }
}

function textOf(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}
