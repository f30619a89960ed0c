import { readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { isNotebook, languageOf } from "../languages.ts";
import type { FileFacts } from "../project/dependency-index.ts";
import { importsIn } from "../project/imports.ts";
import { decodeRequirements } from "../requirements/decode.ts";
import { declaredInPython, factsInLanguage, factsInSource, isDependencySource } from "./dependency-facts.ts";
import { codeFacts } from "./python-reader.ts";
import { decodeNotebook, decodePython } from "./source.ts";

/** How much is read of files whose findings nobody asks for: what they declare, or also all that they import. */
export type Depth = "declarations" | "imports";

/**
 * What a file below `root` tells about dependencies; undefined where it tells nothing or cannot be read. For
 * `declarations` alone, most Python files need no more than a look for `sys.path`.
 */
export function surveyed(
  root: string,
  path: string,
  depth: Depth,
  textAt: (path: string) => string | undefined,
): FileFacts | undefined {
  try {
    const language = languageOf(path);
    const bytes = readFileSync(join(root, path));
    if (!language) return isDependencySource(path) ? factsInSource(path, bytes.toString("utf8")) : undefined;
    if (language.grammar === "python") return depth === "imports" ? factsOf(path, bytes) : declarationsOf(path, bytes);
    const decoded = decodeRequirements(bytes);
    return "error" in decoded ? undefined : factsInLanguage(path, language, Buffer.from(decoded.text), textAt);
  } catch (error) {
    if (!(error instanceof Error && "code" in error)) throw error;
    return undefined;
  }
}

function factsOf(path: string, bytes: Uint8Array): FileFacts | undefined {
  const decoded = isNotebook(path) ? decodeNotebook(bytes) : decodePython(bytes);
  if ("error" in decoded) return undefined;
  const code = Buffer.from(languageOf(path)?.codeOf(decoded.text) ?? "");
  return { code: codeFacts(importsIn(code), code), ...declaredInPython(path, code) };
}

/** Of a file that declares or installs something, everything but its imports. */
function declarationsOf(path: string, bytes: Buffer): FileFacts {
  const declares = /^(?:setup|build|noxfile)\.py$/.test(basename(path));
  const facts = declares || bytes.includes("sys.path") ? factsOf(path, bytes) : undefined;
  const { code, declarations } = facts ?? {};
  const { claim } = declaredInPython(path, bytes);
  return {
    code: { imports: [], words: code?.words ?? [], touchesPath: code?.touchesPath === true },
    ...(declarations && { declarations }),
    ...(claim && { claim }),
  };
}
