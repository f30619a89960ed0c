// What npm runs of a clone before it packs it, as pre-commit lets it: builds. Where npm installs for the whole machine
// (`--global`), it installs the clone's own packages for it, too, and so not here; that is done first.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
if (!existsSync(`${root}node_modules/esbuild`)) run("npm", ["ci", "--ignore-scripts"]);
run(process.execPath, ["scripts/build.mjs"]);

function run(command, args) {
  const settings = Object.entries(process.env).filter(([name]) => !name.toLowerCase().startsWith("npm_config_"));
  const shell = process.platform === "win32" && command === "npm";
  const { status } = spawnSync(command, args, {
    cwd: root,
    env: Object.fromEntries(settings),
    stdio: "inherit",
    shell,
  });
  if (status !== 0) process.exit(status ?? 1);
}
