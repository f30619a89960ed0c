// The licences of what the bundles hold of others.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** The text for THIRD-PARTY-NOTICES.txt: every package that a bundled file comes from. Throws when one says no licence. */
export function notices(root, inputs) {
  const folders = new Set(
    inputs.flatMap((input) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(input)?.[0] ?? []),
  );
  const entries = [...folders].map((folder) => entryOf(join(root, folder)));
  const head = "Groundwork holds parts of these packages, each under its own licence.\n";
  return [head, ...[...new Set(entries)].sort()].join(`\n${"-".repeat(80)}\n\n`);
}

function entryOf(folder) {
  const { name, version, license, author } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const file = readdirSync(folder).find((each) => /^licen[cs]e(?:[.-]|$)/i.test(each));
  if (typeof license !== "string" && file === undefined) throw new Error(`${folder} names no licence`);
  const by = typeof author === "string" ? author : author?.name;
  const text = file && existsSync(join(folder, file)) ? readFileSync(join(folder, file), "utf8").trim() : by;
  return `${name} ${version} (${license ?? "see below"})\n\n${text ?? ""}\n`;
}
