import * as l10n from "@vscode/l10n";
import type { Edit } from "../core/edit.ts";
import type { Refactoring } from "../core/refactoring.ts";
import type { Span } from "../core/text.ts";
import type { PythonModule } from "../python/module.ts";
import { scopesOf } from "../python/scopes.ts";
import { type Syntax, type SyntaxNode, syntaxOf, textOf } from "../python/syntax.ts";
import { writesForUser } from "./command-line-output.ts";
import { logMessage } from "./log-message.ts";
import { loggerFor } from "./module-logger.ts";
import { isRefusal, type Refusal, refuse } from "./refusals.ts";
import { breaks } from "./reparse.ts";

/**
 * Turns `print` calls into log records. Where the text goes changes (without a handler, information is dropped), so
 * this is never done unasked. The arguments are evaluated as before; they are formatted when somebody listens.
 */
export const printToLogging: Refactoring<PythonModule> = {
  name: "print-to-logging",
  kind: "refactor.rewrite",
  on: "selection",
  knowsAll: true,
  title: ({ all }) => (all ? l10n.t("Convert every `print` to logging") : l10n.t("Convert `print` to logging")),
  apply([place], { all }) {
    if (!place) return refuse("NO_PRINT");
    const { file, at } = place;
    const syntax = file.once(syntaxOf, () => syntaxOf(file));
    const edits = editsOf(file, syntax, at, all === true);
    if (isRefusal(edits)) return edits;
    return breaks(file, edits) ? refuse("BROKEN") : { applied: true, edits: [{ path: file.path, edits }] };
  },
};

function editsOf(file: PythonModule, syntax: Syntax, at: Span, all: boolean): Edit[] | Refusal {
  if (syntax.isBroken) return refuse("BROKEN");
  const scopes = scopesOf(file);
  if ([...scopes.module.all()].some((scope) => scope.bindings.has("print"))) return refuse("NAME_TAKEN", ["print"]);
  const prints = syntax.ofType("call").filter((call) => isPrint(syntax, call));
  const ours = prints.filter((call) => !writesForUser(syntax, call));
  const chosen = all ? ours : prints.filter((call) => touches(call, at));
  if (chosen.length === 0) return refuse(all && prints.length > 0 ? "CLI_OUTPUT" : "NO_PRINT");
  if (chosen.some((call) => !ours.includes(call))) return refuse("CLI_OUTPUT");
  const logger = loggerFor(syntax, scopes, chosen);
  if (isRefusal(logger)) return logger;
  const edits: Edit[] = [...logger.edits];
  for (const call of chosen) {
    const message = logMessage(syntax, call);
    if (isRefusal(message)) return message;
    const callee = call.child("function");
    if (callee) edits.push({ at: callee, text: `${logger.name}.${levelOf(syntax, call)}` }, ...message);
  }
  return edits;
}

/** A call of `print` that is a statement of its own. */
function isPrint(syntax: Syntax, call: SyntaxNode): boolean {
  const callee = call.child("function");
  return (
    callee?.type === "identifier" && textOf(syntax, callee) === "print" && call.parent?.type === "expression_statement"
  );
}

/** An empty span touches what it stands in or beside. */
function touches(call: Span, at: Span): boolean {
  return at.start === at.end
    ? call.start <= at.start && at.end <= call.end
    : call.start < at.end && at.start < call.end;
}

/** Errors in handlers, what calls itself a warning, an error or for debugging, else information. */
function levelOf(syntax: Syntax, call: SyntaxNode): string {
  const [first] = call.child("arguments")?.named ?? [];
  const word = /^[a-z]*["']+[^\p{L}]*(\p{L}+)/u.exec(first ? textOf(syntax, first) : "")?.[1]?.toLowerCase() ?? "";
  if (/^(error|erro|failed|failure|exception)$/.test(word)) return "error";
  if (/^(warn|warning|aviso)$/.test(word)) return "warning";
  if (word === "debug") return "debug";
  for (const around of call.ancestors()) {
    if (around.type === "except_clause") return "error";
    if (/^(function_definition|class_definition|lambda)$/.test(around.type)) break;
  }
  return "info";
}
