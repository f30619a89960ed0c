// What the stand-ins for conda and mamba leave on the disk: real prefixes, with conda-meta and a Python that runs.
import { spawn } from "node:child_process";
import { appendFileSync, existsSync, mkdirSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Package } from "./channel.ts";
import type { Setup, Spoken } from "./conda.ts";

/** Half a prefix and a process of its own, and then nothing, for ever. */
export function hang(prefix: string, root: string): Spoken {
  mkdirSync(join(prefix, "conda-meta"), { recursive: true });
  writeFileSync(join(prefix, "conda-meta", "history"), "");
  const idle = "process.on('SIGTERM', () => {}); setInterval(() => {}, 1000)";
  const child = spawn(process.execPath, ["-e", idle], { stdio: "inherit" });
  writeFileSync(join(root, "grandchild"), String(child.pid));
  const stdout = '{"fetch":"python-3.12.1        | 773 B     | ","finished":false,"maxval":1,"progress":0.500000}\n\0';
  return { stdout, stderr: "", exitCode: 0 };
}

/** Writes what conda writes: a record for each package, what was asked for, and programs that run. */
export function link(prefix: string, specs: readonly string[], linked: readonly Package[], setup: Setup): void {
  const meta = join(prefix, "conda-meta");
  const hasPython = linked.some(({ name }) => name === "python");
  if (hasPython && setup.python) makePython(prefix, setup);
  mkdirSync(meta, { recursive: true });
  const asked = `==> 2026-01-01 00:00:00 <==\n# cmd: conda create\n# update specs: ['${specs.join("', '")}']\n`;
  appendFileSync(join(meta, "history"), asked);
  for (const { name, version, build } of linked) {
    for (const old of readdirSync(meta)) {
      if (old.replace(/-[^-]+-[^-]+\.json$/, "") === name) rmSync(join(meta, old));
    }
    const record = { name, version, build, build_number: 0, depends: [], files: [] };
    writeFileSync(join(meta, `${name}-${version}-${build}.json`), JSON.stringify(record, undefined, 2));
  }
  if (!hasPython || !existsSync(join(prefix, "lib"))) return;
  const site = readdirSync(join(prefix, "lib")).find((name) => /^python3/.test(name));
  if (site === undefined) return;
  for (const each of linked)
    if (each.name !== "python") linkDistribution(join(prefix, "lib", site, "site-packages"), each, setup);
}

/** What `python -m venv --without-pip` makes, but for its scripts, without the two tenths of a second that it takes. */
function makePython(prefix: string, { python, pythonVersion, library }: Setup): void {
  mkdirSync(join(prefix, "lib", library, "site-packages"), { recursive: true });
  mkdirSync(join(prefix, "bin"), { recursive: true });
  const facts = [`home = ${dirname(python)}`, "include-system-site-packages = false", `version = ${pythonVersion}`, ""];
  writeFileSync(join(prefix, "pyvenv.cfg"), facts.join("\n"));
  for (const name of ["python", "python3", library]) {
    rmSync(join(prefix, "bin", name), { force: true });
    symlinkSync(python, join(prefix, "bin", name));
  }
}

function linkDistribution(site: string, { name, version }: Package, { pip }: Setup): void {
  if (name === "pip" && pip && !existsSync(join(site, "pip"))) symlinkSync(join(pip, "pip"), join(site, "pip"));
  const known = name.replaceAll("-", "_");
  for (const old of readdirSync(site)) if (old.startsWith(`${known}-`)) rmSync(join(site, old), { recursive: true });
  const info = join(site, `${known}-${version}.dist-info`);
  mkdirSync(info, { recursive: true });
  writeFileSync(join(info, "METADATA"), `Metadata-Version: 2.1\nName: ${name}\nVersion: ${version}\n`);
  writeFileSync(join(info, "INSTALLER"), "conda\n");
  writeFileSync(join(info, "REQUESTED"), "");
}
