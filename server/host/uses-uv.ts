import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** Does a project resolve its requirements with uv: has it a `uv.lock`, or a `[tool.uv]` in its pyproject.toml? */
export function usesUv(folder: string): boolean {
  if (existsSync(join(folder, "uv.lock"))) return true;
  const manifest = join(folder, "pyproject.toml");
  return existsSync(manifest) && /^\[tool\.uv[.\]]/m.test(readFileSync(manifest, "utf8"));
}
