import { execFileSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { machinePython } from "./install.ts";

/** Writes a folder of tiny wheels, one for each distribution and version. */
export function writeWheels(folder: string, versions: Readonly<Record<string, string>>): void {
  mkdirSync(folder, { recursive: true });
  const script = `
import json, sys, zipfile
for name, version in json.loads(sys.argv[2]).items():
    with zipfile.ZipFile(f"{sys.argv[1]}/{name}-{version}-py3-none-any.whl", "w") as wheel:
        info = f"{name}-{version}.dist-info/"
        wheel.writestr(f"{name}.py", "answer = 42\\n")
        wheel.writestr(info + "METADATA", f"Metadata-Version: 2.1\\nName: {name}\\nVersion: {version}\\n")
        wheel.writestr(info + "WHEEL", "Wheel-Version: 1.0\\nGenerator: test\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n")
        wheel.writestr(info + "RECORD", "".join(f"{each},,\\n" for each in [f"{name}.py", info + "METADATA", info + "WHEEL", info + "RECORD"]))
`;
  execFileSync(machinePython?.python ?? "python3", ["-c", script, folder, JSON.stringify(versions)]);
}
