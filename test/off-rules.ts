import type { Settings } from "../server/core/settings.ts";
import { rules } from "../server/languages.ts";

/** The rules that are off by default, switched on. */
export const offRulesOn: Settings["rules"] = Object.fromEntries(
  rules.filter(({ severity }) => Object.keys(severity).length === 0).map(({ name }) => [name, "warning"]),
);
