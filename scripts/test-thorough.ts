// `npm run test:thorough`: the tests of the core with all their random inputs, which is for the night.
import { spawnSync } from "node:child_process";

const { status } = spawnSync(process.execPath, ["scripts/test.mjs", "test/*.test.ts"], {
  cwd: `${import.meta.dirname}/..`,
  env: { ...process.env, GROUNDWORK_THOROUGH: "1" },
  stdio: "inherit",
});
process.exitCode = status ?? 1;
