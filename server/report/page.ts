import { createHash } from "node:crypto";
import * as l10n from "@vscode/l10n";
import { escaped } from "./markup.ts";
import { browserTheme, editorTheme, pageStyle } from "./page-style.ts";

export interface Page {
  readonly title: string;
  /** HTML. */
  readonly header: string;
  /** HTML. */
  readonly main: string;
  /** CSS, besides that of all pages. */
  readonly style: string;
  /** A word made for this showing, where the page is shown inside of VS Code; in a browser a digest allows the style. */
  readonly nonce?: string;
}

/**
 * A page that needs nothing but itself: no script, nothing from elsewhere; its content security policy allows only its
 * own style.
 */
export function htmlPage({ title, header, main, style, nonce }: Page): string {
  const css = (nonce === undefined ? browserTheme : editorTheme) + pageStyle + style;
  const source = nonce ? `nonce-${nonce}` : `sha256-${createHash("sha256").update(css).digest("base64")}`;
  const policy = `default-src 'none'; style-src '${source}'; base-uri 'none'; form-action 'none'`;
  return `<!DOCTYPE html>
<html lang="${l10n.t({ message: "en", comment: ["The language tag (BCP 47) of the translation."] })}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escaped(title)}</title>
<style${nonce ? ` nonce="${nonce}"` : ""}>${css}</style>
</head>
<body>
<header>
<h1>${escaped(title)}</h1>
${header}
</header>
<main>
${main}
</main>
<footer>Groundwork</footer>
</body>
</html>
`;
}
