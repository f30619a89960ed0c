import { setFlagsFromString } from "node:v8";
import { createConnection, ProposedFeatures } from "vscode-languageserver/node";
import { loadBundledGrammars } from "../host/grammars.ts";
import { disk } from "./platform.ts";
import { serve } from "./server.ts";

// `--stdio`, `--node-ipc`, `--pipe=…` or `--socket=…`: whatever the client starts it with. Alone it speaks on stdio.
const transports = ["--stdio", "--node-ipc", "--pipe", "--socket"];
if (!process.argv.some((argument) => transports.some((each) => argument.startsWith(each))))
  process.argv.push("--stdio");

// A young generation that does not grow: less memory, and many short collections in place of few long ones.
setFlagsFromString("--semi-space-growth-factor=1");

// Only the protocol may write to stdout.
console.log = console.error;

serve(createConnection(ProposedFeatures.all), { places: disk, runsPrograms: true, loadGrammars: loadBundledGrammars });
