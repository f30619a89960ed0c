import type { FileEdits } from "../core/edit.ts";
import { Lines } from "../core/text.ts";
import { type SyntaxNode, statementsOf } from "../python/syntax.ts";

/**
 * Without a change of `sys.path`: the statement goes, and where nothing makes the project installable yet, a
 * `pyproject.toml` does (PEP 517, 621), so that `pip install -e .` puts its packages where Python looks.
 */
export function asPackage(
  path: string,
  text: string,
  statement: SyntaxNode,
  isFile: (path: string) => boolean,
): { readonly edits: readonly FileEdits[]; readonly creates: boolean } {
  const creates = !["pyproject.toml", "setup.py", "setup.cfg"].some(isFile);
  const made = { path: "pyproject.toml", creates: true, edits: [{ at: { start: 0, end: 0 }, text: pyproject(path) }] };
  return { creates, edits: [{ path, edits: [removal(text, statement)] }, ...(creates ? [made] : [])] };
}

/** A suite that held nothing else holds `pass`. */
function removal(text: string, statement: SyntaxNode): FileEdits["edits"][number] {
  const { start, end, parent } = statement;
  if (parent?.type === "block" && statementsOf(parent).length === 1) return { at: { start, end }, text: "pass" };
  const lines = new Lines(text);
  const [first, last] = [lines.startOf(lines.lineAt(start)), lines.endOf(lines.lineAt(end))];
  const isAlone = /^[ \t]*$/.test(text.slice(first, start)) && /^[ \t]*(?:#.*)?$/.test(text.slice(end, last));
  if (!isAlone) return { at: { start, end }, text: "pass" };
  return { at: { start: first, end: last + (/^\r?\n/.exec(text.slice(last))?.[0].length ?? 0) }, text: "" };
}

function pyproject(path: string): string {
  const [top = "", ...below] = path.split("/");
  const name = below.length === 0 ? top.replace(/\.py$/, "") : top === "src" ? (below[0] ?? top) : top;
  const packages =
    below.length === 0
      ? `[tool.setuptools]\npy-modules = ["${name}"]\n`
      : `[tool.setuptools.packages.find]\n${top === "src" ? 'where = ["src"]' : `include = ["${name}*"]`}\n`;
  return `[build-system]
requires = ["setuptools>=61"]
build-backend = "setuptools.build_meta"

[project]
name = "${name.toLowerCase().replace(/[^a-z0-9.-]+/g, "-")}"
version = "0.1.0"

${packages}`;
}
