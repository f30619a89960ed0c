// `npm run site [-- FOLDER]`: the documentation as static pages in both languages, which can be searched without a server.
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { siteFiles } from "./site/files.ts";

const root = fileURLToPath(new URL("../", import.meta.url));
const target = resolve(process.argv[2] ?? `${root}site`);
const { files, problems } = await siteFiles(root);
for (const problem of problems) console.error(problem);
if (problems.length > 0) {
  console.error("nothing was written");
  process.exitCode = 1;
} else {
  // Only what an earlier run wrote is there, unless somebody names another folder.
  if (process.argv[2] === undefined) rmSync(target, { recursive: true, force: true });
  for (const [path, text] of files) {
    mkdirSync(dirname(resolve(target, path)), { recursive: true });
    writeFileSync(resolve(target, path), text);
  }
  console.log(`${files.size} files; open ${resolve(target, "index.html")}`);
}
