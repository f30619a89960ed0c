// `npm test`: sets up, then every test: the core, the server, the command line, and those inside a real VS Code.
// `npm test -- FILE…` runs only those files.
import { run, setUp } from "./setup.mjs";

setUp();
const chosen = process.argv.slice(2);
run("node", ["--test", ...(chosen.length > 0 ? chosen : ["test/*.test.ts"])]);
if (chosen.length === 0) run("node", ["test/editor/main.ts"]);
