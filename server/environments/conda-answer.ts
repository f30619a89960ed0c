import { isRecord, parsed, stringsIn } from "../core/json.ts";
import type { RunResult } from "../host/process.ts";
import type { FailureReason } from "./outcome.ts";
import { pipReason } from "./pip.ts";

/** What conda, mamba or micromamba answered with `--json`. */
export type CondaAnswer =
  | { readonly ok: true; readonly value: Readonly<Record<string, unknown>> }
  | { readonly ok: false; readonly reason: FailureReason; readonly detail: string };

/**
 * Reads an answer. Only exit code 0 together with JSON that names no exception is good news: conda 23 ends with 0 and
 * an exception on stderr when it would have asked something, and argparse answers in plain text.
 */
export function condaAnswer(result: RunResult): CondaAnswer {
  if (result.failure === "timeout") return { ok: false, reason: "timeout", detail: firstLineOf(result) };
  if (result.failure !== undefined) return { ok: false, reason: "not-started", detail: result.stderr.trim() };
  const value = lastJson(result.stdout) ?? lastJson(result.stderr);
  const told = value ? value.exception_name : exceptionIn(result.stderr);
  const exception = typeof told === "string" ? told : "";
  if (value && result.exitCode === 0 && !exception && value.success !== false) return { ok: true, value };
  if (!value && result.exitCode === 0) return { ok: false, reason: "unreadable", detail: firstLineOf(result) };
  const message = messageIn(value) ?? firstLineOf(result);
  const text = [`${exception}: ${message}`, ...notesIn(value), result.stderr].join("\n");
  const reason = reasonOf(exception, text, value !== undefined, result.exitCode);
  if (reason === "pip-failed") return { ok: false, reason, detail: pipReason(result.stderr) || message };
  return { ok: false, reason, detail: detailOf(reason, message, value) };
}

/** Without JSON the exception begins a line of stderr. */
function exceptionIn(stderr: string): string {
  return /^([A-Z]\w*(?:Error|Exception|NotFound\w*)): /m.exec(stderr)?.[1] ?? "";
}

/** The last JSON object of an output, behind progress records (NUL-separated in conda 23) and warnings. */
function lastJson(output: string): Readonly<Record<string, unknown>> | undefined {
  const last = output.split("\0").findLast((part) => part.trim() !== "") ?? "";
  for (const start of last.matchAll(/^\{/gm)) {
    const value = parsed(last.slice(start.index));
    if (isRecord(value)) return value;
  }
  return undefined;
}

/** conda's `message`, else mamba's list of problems, else the last thing that mamba noted. */
function messageIn(value: Readonly<Record<string, unknown>> | undefined): string | undefined {
  const problems = stringsIn(value?.solver_problems).join("; ");
  for (const text of [value?.message, problems, value?.error, notesIn(value).at(-1)]) {
    if (typeof text === "string" && text.trim()) return text.trim();
  }
  return undefined;
}

/** mamba notes its errors in its JSON since 2.8 (`log_records`, before a release `log_history`), and no longer on stderr. */
function notesIn(value: Readonly<Record<string, unknown>> | undefined): readonly string[] {
  const records: unknown = value?.log_records ?? value?.log_history;
  return (Array.isArray(records) ? records : []).flatMap((record: unknown) => {
    if (!isRecord(record)) return typeof record === "string" ? [record] : [];
    const texts = Object.values(record).filter((each) => typeof each === "string");
    return texts.sort((one, other) => other.length - one.length).slice(0, 1);
  });
}

/** By the exception's name where it is telling (they vary between versions), else by the words. First match wins. */
const reasons: readonly (readonly [FailureReason, RegExp])[] = [
  ["question", /^CondaSystemExit/],
  ["frozen", /^EnvironmentIsFrozen/],
  ["not-an-environment", /^EnvironmentLocationNotFound/],
  ["pip-failed", /Pip failed|pip failed to install/],
  ["bad-file", /^EnvironmentFile|do not specify a name or prefix|YAML|^InvalidInstaller|^SpecNotFound/],
  ["bad-spec", /invalid package specification|^InvalidMatchSpec|^InvalidVersionSpec|Invalid spec/i],
  ["exists", /prefix already exists/],
  ["terms-of-service", /^CondaToS|Terms of Service/],
  ["packages-not-found", /^PackagesNotFound|nothing provides requested|does not exist \(perhaps a (?:typo|missing)/],
  ["unsatisfiable", /Unsatisfiable|solver_problems|none of the providers|Could not solve|conflict/i],
  ["disk-full", /NoSpaceLeft|No space left|not enough space/i],
  [
    "read-only",
    /NotWritable|NoWritable|PermissionError|ReadOnly|sufficient permissions|[Pp]ermission denied|Access is denied/,
  ],
  [
    "network",
    /^Conda(?:HTTP|SSL)|^ProxyError|ConnectionError|^OfflineError|^UnavailableInvalidChannel|CONNECTION FAILED|Could not resolve host|Download error|Multi-download failed|Couldn't connect/i,
  ],
  ["bad-name", /environment name|path separators|base prefix|Characters not allowed/i],
  // Last: an exception that is not conda's own, such as conda 26's IndexError for `python===`.
  [
    "crashed",
    /^(?:Assertion|Attribute|Index|Key|Name|NotImplemented|Recursion|Runtime|Type|UnboundLocal|Unicode(?:De|En)code|Value)Error: /,
  ],
];

function reasonOf(exception: string, text: string, isJson: boolean, exitCode: number | undefined): FailureReason {
  if (!isJson && exitCode === 2) return "arguments";
  // CLI11, which reads mamba's arguments, ends with 109.
  if (/arguments? (?:was|were) not expected/.test(text)) return "arguments";
  const reason = reasons.find(([, pattern]) => pattern.test(text))?.[0];
  return reason ?? (exception === "ArgumentError" ? "arguments" : "other");
}

/** What of the message a person needs: the packages, the channels, or its first lines. */
function detailOf(
  reason: FailureReason,
  message: string,
  value: Readonly<Record<string, unknown>> | undefined,
): string {
  const packages = stringsIn(value?.packages);
  if (reason === "packages-not-found" && packages.length > 0) return packages.join(", ");
  if (reason === "terms-of-service") {
    return [...new Set([...message.matchAll(/^\s*\S{1,3}\s+(https?:\/\/\S+)$/gm)].map((match) => match[1] ?? ""))].join(
      " ",
    );
  }
  const lines = message.split("\n").filter((line) => line.trim() !== "");
  const kept = reason === "unsatisfiable" ? lines.filter((line) => !/^Output in format/.test(line)) : lines.slice(0, 1);
  return kept.join(" ").replace(/\s+/g, " ").slice(0, 300).trim();
}

/** The line that says most when there is no JSON: argparse's and mamba's errors come last, behind usage and banners. */
function firstLineOf(result: RunResult): string {
  const lines = `${result.stdout}\n${result.stderr}`.split("\n").filter((line) => line.trim() !== "");
  const error = lines.findLast((line) => /error|critical|not expected/i.test(line));
  return (error ?? lines.at(-1) ?? "").trim().replace(/^(?:critical|error) +libmamba +/, "");
}
