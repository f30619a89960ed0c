// The licences of what the bundles hold of others.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const line = "-".repeat(80);

/** What packages hold of others in their own files: it must be known here, with its licence and author. */
const heldWithin = {
  "@cfworker/json-schema": ["MIT", "Jeremy Danyow"],
  "content-type": ["MIT", "Douglas Christopher Wilson"],
};

/** The text for THIRD-PARTY-NOTICES.txt: every package that a bundled file comes from. Throws when one says no licence. */
export function notices(root, inputs) {
  const folders = new Set(
    inputs.flatMap((input) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(input)?.[0] ?? []),
  );
  const entries = [...[...folders].map((folder) => entryOf(join(root, folder))), ...within(root, inputs)];
  const head = "Groundwork holds parts of these packages, each under its own licence.\n";
  return [head, ...[...new Set(entries)].sort()].join(`\n${line}\n\n`);
}

function entryOf(folder) {
  const { name, version, license, author } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const file = readdirSync(folder).find((each) => /^licen[cs]e(?:[.-]|$)/i.test(each));
  if (typeof license !== "string" && file === undefined) throw new Error(`${folder} names no licence`);
  const by = typeof author === "string" ? author : author?.name;
  const text = file && existsSync(join(folder, file)) ? readFileSync(join(folder, file), "utf8").trim() : by;
  return `${name} ${version} (${license ?? "see below"})\n\n${text ?? ""}\n`;
}

/** Bundlers leave a comment where a package's own files hold another one. */
function within(root, inputs) {
  const paths = inputs.filter((input) => /node_modules\/.*\.m?js$/.test(input) && existsSync(join(root, input)));
  const found = paths.flatMap((path) => [
    ...readFileSync(join(root, path), "utf8").matchAll(/^\/\/#region .*node_modules\/\.pnpm\/([^/]+?)@(\d[^/_]*)/gm),
  ]);
  return found.map(([, spelt, version]) => {
    const name = spelt.replace("+", "/");
    const known = heldWithin[name];
    if (!known) throw new Error(`${name} ${version} is held within another package: name its licence in notices.mjs`);
    const [license, author] = known;
    return `${name} ${version} (${license})\n\nBy ${author}, under the MIT licence, whose text stands at other packages of this list.\n`;
  });
}
