import * as l10n from "@vscode/l10n";
import type { RefactoringResult } from "../core/refactoring.ts";

export type Refusal = Extract<RefactoringResult, { readonly applied: false }>;

/** The codes of `docs/refactoring.md` and the sentence of each; `{0}` is the name, or the names, concerned. */
const reasons = {
  PARTIAL: () => l10n.t("Select whole statements on lines of their own, or one whole expression"),
  BROKEN: () => l10n.t("The code here does not parse"),
  MAYBE_UNBOUND_IN: (name: string) => l10n.t("`{0}` may be unbound where the code starts", name),
  MAYBE_UNBOUND_OUT: (name: string) => l10n.t("`{0}` is bound on some paths through the code only", name),
  RETURN_SOME_PATHS: () => l10n.t("Some paths through the code return and others continue"),
  LOOP_JUMP: () => l10n.t("A `break` or `continue` leaves the code"),
  YIELD: () => l10n.t("The code belongs to a generator and yields, or returns from an asynchronous one"),
  GLOBAL_DECL: () => l10n.t("A `global` statement in the code governs the whole function"),
  NONLOCAL_WRITE: (name: string) => l10n.t("The code assigns `{0}`, which belongs to an enclosing function", name),
  CLOSURE_CAPTURE: (name: string) => l10n.t("`{0}` is captured by an inner function or generator and rebound", name),
  CLOSURE_STATE: (name: string) => l10n.t("`{0}` is shared with an inner function while the code runs", name),
  EXPR_WRITE: (name: string) => l10n.t("The expression assigns `{0}`", name),
  EXC_STATE: (name: string) => l10n.t("`{0}` is read after an exception in the code", name),
  FRAME: (name: string) => l10n.t("`{0}` depends on the function that it runs in", name),
  DECORATED: (name: string) => l10n.t("`{0}` compiles the source of the function that it decorates", name),
  CLASS_BOUND: (name: string) => l10n.t("`{0}` means the same only inside its own class", name),
  CLASS_BODY: () => l10n.t("Code of a class body cannot move into a function"),
  LOCAL_CLASS: (name: string) => l10n.t("The class `{0}` would belong to another function", name),
  STAR_IMPORT: () => l10n.t("`import *` is only allowed at module level"),
  DEL_OUTER: (name: string) => l10n.t("`del {0}` would not unbind the name of the caller", name),
  LIFETIME: (name: string) => l10n.t("What `{0}` holds would be released when the new function returns", name),
  LIFETIME_HELD: (name: string) =>
    l10n.t("What `{0}` makes ends when nothing refers to it; a name would keep it", name),
  LAZY: () => l10n.t("The expression is evaluated conditionally, repeatedly or later, not when its statement begins"),
  ORDER: () => l10n.t("Something else that could make a difference is evaluated before the expression"),
  PATTERN: () => l10n.t("A name in a pattern would capture the value instead of comparing it"),
  NO_LITERAL: () => l10n.t("Only numbers, strings and other literals become constants"),
  CONSTANT: () => l10n.t("This value has a name at module level already"),
  MODULE_STATE: (name: string) => l10n.t("The rest of the module can see `{0}` while the code runs", name),
  PACKAGE_NAMES: () => l10n.t("The names of a package are what it offers; this would add one"),
  NAME_TAKEN: (name: string) => l10n.t("`{0}` is not a free name in this file", name),
  NO_IF: () => l10n.t("No `if` starts here"),
  ELIF: () => l10n.t("The `if` belongs to a chain with `elif`"),
  NOT_LAST: () => l10n.t("More code runs after the `if`, which a `return` or `continue` would skip"),
  PRAGMA: () => l10n.t("A comment beside the `if` or `else` steers a tool by its place"),
  NO_PRINT: () => l10n.t("There is no `print` statement here"),
  CLI_OUTPUT: () => l10n.t("This is the output of a command-line program, made for the person who called it"),
  PRINT_ARGUMENT: (name: string) => l10n.t("A log record has nothing that does what `{0}` does for `print`", name),
  PRINT_COMMENT: () => l10n.t("A comment between the arguments would be lost"),
  EMPTY_MESSAGE: () => l10n.t("An empty line is no message"),
  NOT_SHORTER: () => l10n.t("Extracting the copies would not shorten the file"),
  CLONE_APART: () => l10n.t("No module can be told that the files of all copies surely can import"),
  CLONE_TESTS: () => l10n.t("Some of the copies are in tests, notebooks or stubs, which share no module"),
  CLONE_GLOBALS: (name: string) => l10n.t("`{0}` may be another object in each of the files", name),
  CLONE_SHAPE: () => l10n.t("The copies differ in more than names and values"),
  CLONE_OPERATOR: () => l10n.t("The copies differ in an operator"),
  CLONE_ALIAS: () => l10n.t("A list, dictionary or set that is built anew in each copy would be shared"),
  CLONE_COMMENTS: () => l10n.t("The copies differ in comments that steer tools"),
  CLONE_OVERLAP: () => l10n.t("The copies overlap, or there is only one"),
  CLONE_DATAFLOW: (name: string) => l10n.t("`{0}` means different things in the copies", name),
  CLONE_GLOBAL_WRITE: (name: string) => l10n.t("`{0}` is a global variable in some of the copies only", name),
  CLONE_SCOPE: () => l10n.t("Some copies stand in functions and some at module level"),
  CLONE_PARAMS: (count: string) => l10n.t("The new function would take or return {0} values, which is too many", count),
  NOTEBOOK_STAR: () => l10n.t("`import *` hides which names come from where"),
  NOTEBOOK_MAGIC: (name: string) => l10n.t("`{0}` binds names that cannot be seen in the text", name),
  NOTEBOOK_OUTPUT: (name: string) => l10n.t("`{0}` takes what a cell showed before", name),
  NOTEBOOK_FRAME: (name: string) => l10n.t("`{0}` finds the notebook's variables by their names", name),
  NOTEBOOK_IMPORTS: (name: string) => l10n.t("The import of `{0}` depends on what cells above it do", name),
  NOTEBOOK_NOTHING: () => l10n.t("No cell computes anything that a function could take over"),
  UNKNOWN_NAME: (name: string) => l10n.t("It cannot be seen where `{0}` comes from", name),
  MOVE_KIND: () => l10n.t("Only a module that is no test, package or notebook moves"),
  MOVE_PLACE: (name: string) => l10n.t("`{0}` in it depends on where the file lies", name),
  MOVE_PICKLE: () => l10n.t("It has to do with pickles, which know their classes by the module's present name"),
  MOVE_IMPORTS: (name: string) => l10n.t("It imports `{0}` by the place where it lies", name),
  MOVE_DATA: (name: string) => l10n.t("It names files that may lie beside it: `{0}`", name),
  MOVE_PACKAGE: (name: string) => l10n.t("Importing it would run other code of packages: `{0}`", name),
  MOVE_IMPORTER: (name: string) => l10n.t("It cannot be told how `{0}` would import it from there", name),
  FILE_EXISTS: (name: string) => l10n.t("{0} is there already", name),
} as const;

export type RefusalCode = keyof typeof reasons;

export const refusalCodes: readonly string[] = Object.keys(reasons);

/** The refusal of a code; `names` are listed where the sentence names something. */
export function refuse(code: RefusalCode, names: Iterable<string> = []): Refusal {
  return { applied: false, code, reason: reasons[code]([...new Set(names)].sort().join(", ")) };
}

export function isRefusal(value: object | undefined): value is Refusal {
  return value !== undefined && "code" in value;
}
