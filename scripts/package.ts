// `npm run package [-- FILE]`: builds and writes the extension as groundwork-VERSION.vsix, or as FILE.
import { spawnSync } from "node:child_process";
import { readFileSync, statSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { createVSIX } from "@vscode/vsce";

/** Bytes. People install over slow lines, and a dependency that slipped into the bundle shows here first. */
const sizeLimit = 2.5 * 1024 * 1024;

const root = join(import.meta.dirname, "..");
const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
const file = resolve(process.argv[2] ?? join(root, `groundwork-${version}.vsix`));

// The tests build once for all of them.
if (!process.env.GROUNDWORK_BUILT) {
  const { status } = spawnSync(process.execPath, ["scripts/build.mjs"], { cwd: root, stdio: "inherit" });
  if (status !== 0) throw new Error("the extension does not build; no package was written");
}
await createVSIX({
  cwd: root,
  packagePath: file,
  // Everything that runs is in the bundles of dist/.
  dependencies: false,
  allowMissingRepository: true,
  rewriteRelativeLinks: false,
});
const size = statSync(file).size;
console.log(`${file}: ${inMegabytes(size)} MB`);
if (size > sizeLimit) {
  console.error(
    `the package is larger than ${inMegabytes(sizeLimit)} MB; look what came into it with: unzip -lv ${file}`,
  );
  process.exitCode = 1;
}

// The software bill of materials (CycloneDX) of the same packages lies beside it.
const bill = spawnSync("npm", ["sbom", "--package-lock-only", "--omit=dev", "--sbom-format=cyclonedx"], {
  cwd: root,
  encoding: "utf8",
  shell: process.platform === "win32",
});
if (bill.status !== 0) throw new Error(`npm sbom failed: ${bill.stderr}`);
writeFileSync(file.replace(/\.vsix$/, ".cdx.json"), bill.stdout);

function inMegabytes(bytes: number): string {
  return (bytes / 1024 / 1024).toFixed(2);
}
