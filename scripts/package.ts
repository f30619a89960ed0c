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

// The software bill of materials (CycloneDX) lies beside it: what the bundles hold, whatever else is installed to make them.
const bill = spawnSync("npm", ["sbom", "--package-lock-only", "--sbom-format=cyclonedx"], {
  cwd: root,
  encoding: "utf8",
  maxBuffer: 1 << 26,
  shell: process.platform === "win32",
});
if (bill.status !== 0) throw new Error(`npm sbom failed: ${bill.stderr}`);
const notices = readFileSync(join(root, "dist/THIRD-PARTY-NOTICES.txt"), "utf8");
writeFileSync(
  file.replace(/\.vsix$/, ".cdx.json"),
  `${JSON.stringify(bundled(JSON.parse(bill.stdout), packagesIn(notices)), undefined, 2)}\n`,
);

/** What `notices.mjs` wrote: `name@version`, with the licence. */
function packagesIn(text: string): ReadonlyMap<string, string> {
  const heads = [...text.matchAll(/^-{80}\n\n(\S+) (\S+) \((.*)\)$/gm)];
  return new Map(heads.map(([, name, version, license = ""]) => [`${name}@${version}`, license]));
}

interface Bill {
  readonly components: readonly { readonly "bom-ref": string; readonly name: string; readonly version: string }[];
  readonly dependencies: readonly { readonly ref: string; readonly dependsOn?: readonly string[] }[];
}

/** What is held within another package stands in no lock, and is added. */
function bundled(all: Bill, packages: ReadonlyMap<string, string>): object {
  const nameOf = ({ name, version }: { readonly name: string; readonly version: string }) => `${name}@${version}`;
  const locked = all.components.filter((each) => packages.has(nameOf(each)));
  const known = new Set(locked.map(nameOf));
  const added = [...packages].flatMap(([spelt, id]) => {
    if (known.has(spelt)) return [];
    const at = spelt.lastIndexOf("@");
    const [name, version] = [spelt.slice(0, at), spelt.slice(at + 1)];
    const purl = `pkg:npm/${name.replace("@", "%40")}@${version}`;
    return [{ "bom-ref": spelt, type: "library", name, version, purl, licenses: [{ license: { id } }] }];
  });
  const refs = new Set([...locked, ...added].map((each) => each["bom-ref"]));
  const isRoot = ({ ref }: { readonly ref: string }) => /^groundwork@/.test(ref);
  const dependencies = all.dependencies
    .filter((each) => refs.has(each.ref) || isRoot(each))
    .map(({ ref, dependsOn = [] }) => ({ ref, dependsOn: dependsOn.filter((each) => refs.has(each)) }));
  return { ...all, components: [...locked, ...added], dependencies };
}

function inMegabytes(bytes: number): string {
  return (bytes / 1024 / 1024).toFixed(2);
}
