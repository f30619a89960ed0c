// The process that bench/clones.ts measures: walk a folder, read its Python files, index them, print every copy.
import { readdirSync, readFileSync } from "node:fs";
import { CloneIndex } from "../server/clones/clone-index.ts";

const root = process.argv[2] ?? ".";
const index = new CloneIndex();
const folders = [""];
for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
  for (const entry of readdirSync(`${root}/${folder}`, { withFileTypes: true })) {
    const path = folder + entry.name;
    if (entry.isDirectory()) folders.push(`${path}/`);
    else if (entry.isFile() && entry.name.endsWith(".py")) index.set(path, readFileSync(`${root}/${path}`));
  }
}
const classes = index.all();
const lines = classes.flatMap(({ kind, copies }) => [
  kind,
  ...copies.map(({ path, range }) => `  ${path}:${range.start.line + 1}-${range.end.line + 1}`),
]);
process.stdout.write(`${lines.join("\n")}\n${classes.length} classes in ${index.lines} lines\n`);
