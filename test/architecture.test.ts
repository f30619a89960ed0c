// Who may import whom (docs/architecture.md): the tree as it stands, and every guard with a violation planted.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const require = createRequire(import.meta.url);

const facts = ["core", "clones", "project"];
const texts = [...facts, "python", "notebook", "requirements", "environment-file"];
const answers = [...texts, "rules", "refactorings"];
const pure = [...answers, "scaffolds", "languages.ts", "analyze.ts"];
const outside = [...pure, "environments", "pins", "host"];

/** What a part of server/ may import besides itself. */
const allowed: Readonly<Record<string, readonly string[]>> = {
  core: [],
  clones: ["core"],
  project: ["core", "clones"],
  python: ["core"],
  notebook: ["core", "python"],
  requirements: facts,
  "environment-file": [...facts, "requirements"],
  refactorings: texts,
  rules: [...texts, "refactorings"],
  scaffolds: answers,
  "languages.ts": answers,
  "analyze.ts": [...answers, "languages.ts"],
  host: outside,
  environments: outside,
  pins: outside,
  report: outside,
  lsp: [...outside, "report"],
  browser: [...outside, "report", "lsp"],
  cli: [...outside, "report"],
};

/** `core/rule.ts` and `core/check.ts` hand the project's facts on: they know their type, and nothing else of it. */
const typesOnly: Readonly<Record<string, readonly string[]>> = { core: ["project"] };

/** Violations of one source text (`path` relative to the project's root, POSIX), one line each. */
function violationsOf(path: string, text: string): string[] {
  const part = partOf(path);
  return importsIn(text).flatMap(({ specifier, isType }) => {
    const refused = (why: string) => [`${path} imports ${specifier}: ${why}`];
    if (!specifier.startsWith(".")) {
      const isProtocol = specifier.startsWith("vscode-languageserver") || specifier === "vscode";
      if (path.startsWith("server/") && isProtocol && part !== "lsp" && part !== "browser")
        return refused("only server/lsp knows the protocol");
      return [];
    }
    const target = new URL(specifier, `file:///${path}`).pathname.slice(1);
    if (path.startsWith("client/"))
      return target.startsWith("client/") ? [] : refused("the client imports only itself");
    if (!path.startsWith("server/")) return [];
    if (/^(package|l10n\/[^/]*)\.json$/.test(target)) return [];
    const other = partOf(target);
    if (!target.startsWith("server/")) return refused("server/ imports only itself");
    if (other === part || allowed[part]?.includes(other)) return [];
    if (isType && typesOnly[part]?.includes(other)) return [];
    return refused(`${part} may not know ${other}`);
  });
}

/** `server/rules/production/x.ts` is of the part `rules`, `server/languages.ts` is a part itself. */
function partOf(path: string): string {
  return path.split("/")[1] ?? "";
}

function importsIn(text: string): { specifier: string; isType: boolean }[] {
  const statement =
    /^\s*(?:import|export)\s+(?:(type)\s)?(?:[^"';]*?\sfrom\s+)?["']([^"']+)["']|\bimport\(\s*["']([^"']+)["']/gm;
  return [...text.matchAll(statement)].map((match) => ({
    specifier: match[2] ?? match[3] ?? "",
    isType: match[1] !== undefined,
  }));
}

test("every part of server/ imports only what it may", () => {
  const paths = ["server", "client"].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(".ts"))
      .map((name) => `${folder}/${name.replaceAll("\\", "/")}`),
  );
  assert.ok(paths.length > 20);
  assert.deepEqual(
    paths.flatMap((path) => violationsOf(path, readFileSync(join(root, path), "utf8"))),
    [],
  );
  const parts = new Set(paths.filter((path) => path.startsWith("server/")).map(partOf));
  assert.deepEqual(
    [...parts].filter((part) => !(part in allowed)),
    [],
    "a new part needs its line in the table",
  );
});

test("planted imports are found", () => {
  const planted: [string, string][] = [
    ["server/core/text.ts", 'import { parse } from "../python/module.ts";'],
    ["server/core/check.ts", 'import { normalizedName } from "../project/project.ts";'],
    ["server/requirements/sort.ts", 'import type { Rule } from "../rules/x.ts";'],
    ["server/rules/production/a.ts", 'import {\n  x,\n} from "../../host/walk.ts";'],
    ["server/refactorings/a.ts", 'export { x } from "../rules/a.ts";'],
    ["server/cli/main.ts", 'const x = await import("../lsp/server.ts");'],
    ["server/cli/main.ts", 'import { Range } from "vscode-languageserver";'],
    ["server/host/walk.ts", 'import "../../client/extension.ts";'],
    ["client/extension.ts", 'import { rules } from "../server/languages.ts";'],
  ];
  for (const [path, text] of planted) assert.equal(violationsOf(path, text).length, 1, `${path}: ${text}`);
  const fine: [string, string][] = [
    ["server/core/check.ts", 'import type { Project } from "../project/project.ts";'],
    ["server/rules/production/a.ts", 'import { x } from "../../refactorings/a.ts";'],
    ["server/lsp/convert.ts", 'import { Range } from "vscode-languageserver";'],
    ["server/cli/main.ts", 'import { readFile } from "node:fs/promises";'],
  ];
  for (const [path, text] of fine) assert.deepEqual(violationsOf(path, text), []);
});

const scratch = mkdtempSync(join(tmpdir(), "groundwork-"));
after(() => rmSync(scratch, { recursive: true, force: true }));

test("the linter keeps Node and VS Code out of the core, and the server out of the client", () => {
  const planted: Readonly<Record<string, string>> = {
    "server/core/planted.ts": "node:fs",
    "server/rules/serving/planted.ts": "vscode-languageserver",
    "server/clones/planted.ts": "../host/walk.ts",
    "client/planted.ts": "../server/languages.ts",
    "server/host/planted.ts": "node:fs",
    "client/fine.ts": "vscode",
  };
  copyFileSync(join(root, "biome.json"), join(scratch, "biome.json"));
  for (const [path, specifier] of Object.entries(planted)) {
    mkdirSync(dirname(join(scratch, path)), { recursive: true });
    writeFileSync(join(scratch, path), `import { x } from "${specifier}";\n\nexport const y = x;\n`);
  }
  const biome = join(dirname(require.resolve("@biomejs/biome/package.json")), "bin/biome");
  const { stdout } = spawnSync(process.execPath, [biome, "lint", "--reporter=json", "."], {
    cwd: scratch,
    encoding: "utf8",
  });
  const diagnostics: { category: string; location: { path: string } }[] = JSON.parse(stdout).diagnostics;
  const found = diagnostics.filter((each) => each.category === "lint/style/noRestrictedImports");
  assert.deepEqual(found.map((each) => each.location.path).sort(), [
    "client/planted.ts",
    "server/clones/planted.ts",
    "server/core/planted.ts",
    "server/rules/serving/planted.ts",
  ]);
});

test("the compiler keeps Node's globals out of the core", () => {
  const configuration = { extends: join(root, "tsconfig.core.json"), include: ["planted.ts"] };
  writeFileSync(join(scratch, "package.json"), '{ "type": "module" }');
  writeFileSync(join(scratch, "tsconfig.json"), JSON.stringify(configuration));
  const compile = (text: string) => {
    writeFileSync(join(scratch, "planted.ts"), text);
    const tsc = join(dirname(require.resolve("typescript/package.json")), "bin/tsc");
    return spawnSync(process.execPath, [tsc, "-p", scratch], { encoding: "utf8" });
  };
  const refused = compile("export const where = process.cwd();\n");
  assert.notEqual(refused.status, 0);
  assert.match(refused.stdout, /'process'/);
  const accepted = compile('export const where = "here";\n');
  assert.equal(accepted.status, 0, accepted.stdout);
});
