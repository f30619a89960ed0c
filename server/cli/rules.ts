import { rules } from "../languages.ts";
import type { ExitCode } from "./main.ts";

/** `groundwork rules`: every rule with its metadata. */
export function describeRules(options: { readonly format: "text" | "json" }): ExitCode {
  const described = rules.map((rule) => ({
    name: rule.name,
    topic: rule.topic,
    severity: rule.severity,
    summary: rule.summary(),
    why: rule.why(),
  }));
  if (options.format === "json") process.stdout.write(`${JSON.stringify({ rules: described })}\n`);
  else for (const rule of described) process.stdout.write(`${rule.name} (${rule.topic}): ${rule.summary}\n`);
  return 0;
}
