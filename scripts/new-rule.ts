// `npm run new-rule -- NAME TOPIC`: a rule that works, with its literate test, to be made into another one.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const topics = ["environment", "production", "baseline", "serving"] as const;

/** Every file that a new Python rule adds or changes, by path; `languages` is the text of `server/languages.ts`. */
export function newRule(name: string, topic: (typeof topics)[number], languages: string): Map<string, string> {
  const variable = name.replace(/-(\w)/g, (_all, letter: string) => letter.toUpperCase());
  const line = `import { ${variable} } from "./rules/${topic}/${name}.ts";`;
  const imports = [...languages.matchAll(/^import .* from "\.\/rules\/.*";$/gm)].map(([text]) => text);
  const place = imports.find((each) => sourceOf(each) > sourceOf(line));
  const last = imports.at(-1) ?? "";
  const imported = place ? languages.replace(place, `${line}\n${place}`) : languages.replace(last, `${last}\n${line}`);
  return new Map([
    ["server/languages.ts", imported.replace("const pythonRules = [\n", `const pythonRules = [\n  ${variable},\n`)],
    [`server/rules/${topic}/${name}.ts`, ruleText(name, topic, variable)],
    [`test/rules/${name}.md`, testText(name)],
  ]);
}

function sourceOf(line: string): string {
  return /"(.*)"/.exec(line)?.[1] ?? "";
}

function ruleText(name: string, topic: string, variable: string): string {
  return `import * as l10n from "@vscode/l10n";
import type { Rule } from "../../core/rule.ts";
import type { PythonModule } from "../../python/module.ts";
import { syntaxOf, textOf } from "../../python/syntax.ts";

export const ${variable}: Rule<PythonModule> = {
  name: "${name}",
  topic: "${topic}",
  severity: { production: "warning", undecided: "information", experimental: "hint" },
  summary: () => l10n.t("The program stops for a debugger"),
  why: () => l10n.t("Say in two sentences why it matters.\\n\\nEnd with the tutorial that teaches it."),
  example: { path: "train.py", bad: "breakpoint()\\n", good: "" },
  // A file that holds none of these words is not even read.
  needles: ["breakpoint"],
  *check(module) {
    const syntax = syntaxOf(module);
    for (const call of syntax.ofType("call")) {
      if (textOf(syntax, call) !== "breakpoint()") continue;
      yield { at: { start: call.start, end: call.end }, message: l10n.t("\`breakpoint\` stops whoever runs this") };
    }
  },
};
`;
}

function testText(name: string): string {
  return `# ${name}

## Where it speaks

\`\`\`python
breakpoint()  # smell: ${name} \`breakpoint()\`
\`\`\`

## Where it must not

\`\`\`python
breakpoints = 2
print("breakpoint()", breakpoints)
\`\`\`
`;
}

function main([name = "", topic = ""]: readonly string[]): void {
  const root = join(import.meta.dirname, "..");
  const known = topics.find((each) => each === topic);
  if (!/^[a-z]+(?:-[a-z]+)+$/.test(name) || !known) {
    console.error(
      `usage: npm run new-rule -- NAME TOPIC\nNAME: the smell, as in "ignore NAME"; TOPIC: ${topics.join(", ")}`,
    );
    process.exitCode = 2;
    return;
  }
  const files = newRule(name, known, readFileSync(join(root, "server/languages.ts"), "utf8"));
  const taken = [...files.keys()].filter((path) => path !== "server/languages.ts" && existsSync(join(root, path)));
  if (taken.length > 0) {
    console.error(`${taken.join(", ")}: is there already; nothing was written`);
    process.exitCode = 1;
    return;
  }
  for (const [path, text] of files) writeFileSync(join(root, path), text);
  console.log([...files.keys()].join("\n"));
  console.log("\nNext: CONTRIBUTING.md, “A rule in ten minutes”");
}

if (process.argv[1] === fileURLToPath(import.meta.url)) main(process.argv.slice(2));
