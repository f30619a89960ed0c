// `npm start [-- PATH…]`: sets up, checks the example project (or PATH) and says how to go on.
import { spawnSync } from "node:child_process";
import { resolve } from "node:path";
import { environment, root, setUp } from "./setup.mjs";

setUp();
const given = process.argv
  .slice(2)
  .map((path) => (path.startsWith("-") ? path : resolve(process.env.INIT_CWD ?? ".", path)));
const paths = given.length > 0 ? given : ["examples/churn"];
const { status } = spawnSync("node", ["dist/cli.cjs", "check", ...paths], {
  cwd: root,
  env: environment,
  stdio: "inherit",
});
if (status !== 0 && status !== 1) process.exit(status ?? 2);
console.log("\nTo see this while you type: npm run editor");
