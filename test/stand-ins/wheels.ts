import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { zip } from "../pins/zip.ts";

/** Writes a folder of tiny wheels, one for each distribution and version. */
export function writeWheels(folder: string, versions: Readonly<Record<string, string>>): void {
  mkdirSync(folder, { recursive: true });
  for (const [name, version] of Object.entries(versions)) {
    const info = `${name}-${version}.dist-info`;
    const files = {
      [`${name}.py`]: "answer = 42\n",
      [`${info}/METADATA`]: `Metadata-Version: 2.1\nName: ${name}\nVersion: ${version}\n`,
      [`${info}/WHEEL`]: "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    };
    const record = [...Object.keys(files), `${info}/RECORD`].map((path) => `${path},,\n`).join("");
    writeFileSync(join(folder, `${name}-${version}-py3-none-any.whl`), zip({ ...files, [`${info}/RECORD`]: record }));
  }
}
