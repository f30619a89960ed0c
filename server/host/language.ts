import * as l10n from "@vscode/l10n";
import portuguese from "../../l10n/bundle.l10n.pt-br.json" with { type: "json" };

/** Speaks Portuguese for the locale of a Portuguese speaker (`pt-BR`, `pt_BR.UTF-8`, `pt`), else English. */
export function useLanguage(locale: string | undefined): void {
  l10n.config({ contents: /^pt\b|^pt[-_]/i.test(locale ?? "") ? portuguese : {} });
}

/** The locale of a terminal, as POSIX has it. */
export function terminalLocale(env: NodeJS.ProcessEnv): string | undefined {
  return env.LC_ALL || env.LC_MESSAGES || env.LANG;
}
