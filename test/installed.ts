/** What a virtual environment of a test holds, by distribution: `METADATA` beyond name and version, and modules. */
export interface Installed {
  readonly version: string;
  readonly headers?: readonly string[];
  readonly modules?: readonly string[];
  /** The files of RECORD, where there is no `top_level.txt`. */
  readonly record?: readonly string[];
}

/** The files of a virtual environment in `.venv`, to be written below a folder; nothing in it can run. */
export function virtualEnvironment(installed: Readonly<Record<string, Installed>>): Record<string, string> {
  const files: Record<string, string> = {
    ".venv/pyvenv.cfg": "home = /usr/bin\nversion = 3.11.2\n",
    ".venv/bin/python": "",
    ".venv/Scripts/python.exe": "",
  };
  for (const [name, { version, headers = [], modules, record }] of Object.entries(installed)) {
    const head = ["Metadata-Version: 2.1", `Name: ${name}`, `Version: ${version}`, ...headers];
    const folder = `${name.replaceAll("-", "_")}-${version}.dist-info`;
    for (const site of [".venv/lib/python3.11/site-packages", ".venv/Lib/site-packages"]) {
      files[`${site}/${folder}/METADATA`] = `${head.join("\n")}\n\nSummary: not a header any more\n`;
      if (modules) files[`${site}/${folder}/top_level.txt`] = `${modules.join("\n")}\n`;
      if (record) files[`${site}/${folder}/RECORD`] = record.map((each) => `${each},,\n`).join("");
    }
  }
  return files;
}
