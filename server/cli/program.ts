// The program `groundwork`: what a process of its own needs around the command line.
import { terminalLocale, useLanguage } from "../host/language.ts";
import { runCommandLine } from "./main.ts";

process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
});
useLanguage(terminalLocale(process.env));
// Everything is written: to take the heap apart, piece by piece, would cost some milliseconds more.
process.once("beforeExit", () => process.exit());
void runCommandLine(process.argv.slice(2));
