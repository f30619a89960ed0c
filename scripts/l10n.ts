// Adds translations: `node scripts/l10n.ts add FILE.json` merges {"English text": "texto em português"} into the bundle.
import { readFileSync, renameSync, writeFileSync } from "node:fs";

const bundle = new URL("../l10n/bundle.l10n.pt-br.json", import.meta.url);
const [verb, file] = process.argv.slice(2);
if (verb !== "add" || !file) {
  console.error("usage: node scripts/l10n.ts add FILE.json");
  process.exit(2);
}
const merged = { ...JSON.parse(readFileSync(bundle, "utf8")), ...JSON.parse(readFileSync(file, "utf8")) };
const sorted = Object.fromEntries(Object.entries(merged).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
const scratch = new URL(`${bundle.href}.${process.pid}`);
writeFileSync(scratch, `${JSON.stringify(sorted, undefined, 2)}\n`);
renameSync(scratch, bundle);
