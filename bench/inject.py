"""Injects mutated copies of real code into a corpus: inject.py CORPUS TARGET SEED PER_KIND.

Copies the Python files of CORPUS to TARGET, pastes PER_KIND copies of each kind of mutation into them, and writes
TARGET/truth.json: for each copy its kind and, for both sides, the file and the lines (from 1) that hold code. The kinds are
those of Roy and Cordy ("A mutation / injection-based automatic framework for evaluating code clone detection tools",
2009): type 1 exact, comments, layout; type 2 renamed, literals, both; type 3 inserted, deleted, modified, mixed.
"""

import ast
import io
import json
import keyword
import pathlib
import random
import re
import sys
import textwrap
import tokenize
import warnings

warnings.simplefilter("ignore")
SKIPPED = re.compile(r"(^|/)(tests?|testing|migrations|locale|externals|_vendor|vendor)(/|$)|(^|/)(test_|conftest)|_test\.py$")
GENERATED = re.compile(r"(?i)@generated|auto-?generated|do not (edit|modify)")
KINDS = ["exact", "comments", "layout", "renamed", "literals", "both", "inserted", "deleted", "modified", "mixed"]
LEAST_TOKENS, LEAST_LINES, MOST_LINES, LEAST_STATEMENTS = 60, 6, 45, 5
BLANK = {tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT, tokenize.ENDMARKER}


class Fragment:
    def __init__(self, path, text, first, last, is_function, names):
        self.path, self.text, self.first, self.last = path, text, first, last
        self.is_function, self.names = is_function, names


def tokens_of(text):
    return list(tokenize.generate_tokens(io.StringIO(text).readline))


def is_docstring(node):
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)


def counts(statement):
    """Whether a statement does something: no docstring, import, plain constant or forwarding of a name."""
    if isinstance(statement, (ast.Import, ast.ImportFrom, ast.Pass, ast.Global, ast.Nonlocal)) or is_docstring(statement):
        return False
    if isinstance(statement, ast.Assign):
        return not isinstance(statement.value, (ast.Constant, ast.Name))
    return not isinstance(statement, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef))


def code_lines(text):
    """The lines (from 1) that hold code: neither blank nor comment, docstring, signature nor decorator."""
    tree = ast.parse(text)
    held = {row for token in tokens_of(text) if token.type not in BLANK for row in range(token.start[0], token.end[0] + 1)}
    for node in ast.walk(tree):
        if is_docstring(node):
            held -= set(range(node.lineno, node.end_lineno + 1))
        elif isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            held -= set(range(node.lineno, node.body[0].lineno))
    return sorted(held)


def is_large(text):
    tree = ast.parse(text)
    statements = [node for node in ast.walk(tree) if isinstance(node, ast.stmt) and counts(node)]
    lines = code_lines(text)
    if len(statements) < LEAST_STATEMENTS or not LEAST_LINES <= len(lines) <= MOST_LINES:
        return False
    rows = {row for node in statements for row in range(node.lineno, node.end_lineno + 1)}
    shapes = {type(node).__name__ + ast.dump(node)[:60] for node in statements}
    tokens = [token for token in tokens_of(text) if token.type not in BLANK and token.start[0] in rows]
    names = [token for token in tokens if token.type == tokenize.NAME]
    return len(tokens) >= LEAST_TOKENS and 2 * len(names) >= LEAST_TOKENS and len(shapes) >= 4


def has_long_string(node):
    inner = [each for each in ast.walk(node) if isinstance(each, (ast.Constant, ast.JoinedStr))]
    docs = {id(each.value) for each in ast.walk(node) if is_docstring(each)}
    return any(each.end_lineno != each.lineno for each in inner if id(each) not in docs and hasattr(each, "lineno"))


def local_names(function):
    names = {each.arg for each in ast.walk(function) if isinstance(each, ast.arg)}
    names |= {each.id for each in ast.walk(function) if isinstance(each, ast.Name) and isinstance(each.ctx, ast.Store)}
    return names - {"self", "cls"}


def fragments_of(path, source, rng):
    """At most one fragment of each function: as a whole, or some of the statements of its body."""
    tree = ast.parse(source)
    lines = source.split("\n")
    functions = [(node, parent) for parent in ast.walk(tree) if isinstance(parent, (ast.Module, ast.ClassDef))
                 for node in parent.body if isinstance(node, ast.FunctionDef)]
    for function, _ in functions:
        body = [each for each in function.body if not is_docstring(each)]
        if not body or has_long_string(function):
            continue
        is_function = rng.random() < 0.5
        if is_function:
            first, last = function.lineno, function.end_lineno
        else:
            size = rng.randint(3, max(3, len(body)))
            start = rng.randrange(max(1, len(body) - size + 1))
            first, last = body[start].lineno, body[min(len(body), start + size) - 1].end_lineno
        text = textwrap.dedent("\n".join(lines[first - 1 : last])) + "\n"
        try:
            if is_large(text):
                yield Fragment(path, text, first, last, is_function, local_names(function))
        except (SyntaxError, tokenize.TokenError, IndentationError):
            continue


# ---- mutations: text and fragment in, text out ----


def replaced(text, changes):
    """Applies replacements {(row, column): (length, text)}, from the end."""
    lines = text.split("\n")
    for (row, column), (length, new) in sorted(changes.items(), reverse=True):
        line = lines[row - 1]
        lines[row - 1] = line[:column] + new + line[column + length :]
    return "\n".join(lines)


def renamed(text, fragment, rng):
    names = {name: f"{rng.choice(WORDS)}_{number}" for number, name in enumerate(sorted(fragment.names))}
    tokens = [token for token in tokens_of(text) if token.type not in (tokenize.NL, tokenize.COMMENT)]
    changes, depth, in_signature = {}, 0, False
    for at, token in enumerate(tokens):
        if token.string in "([{" and token.type == tokenize.OP:
            depth += 1
        elif token.string in ")]}" and token.type == tokenize.OP:
            depth -= 1
        if token.string == "def":
            in_signature = True
        if token.type == tokenize.NEWLINE:
            in_signature = False
        following = tokens[at + 1].string if at + 1 < len(tokens) else ""
        if token.type == tokenize.NAME and token.string in names and tokens[at - 1].string != ".":
            if not (depth > 0 and following == "=" and not in_signature):
                changes[token.start] = (len(token.string), names[token.string])
        elif token.type == tokenize.STRING and re.match(r"[rR]?[fF]", token.string) and token.start[0] == token.end[0]:
            changes[token.start] = (len(token.string), renamed_fields(token.string, names))
    return replaced(text, changes)


def renamed_fields(string, names):
    def field(match):
        return re.sub(r"(?<![\w.'\"!:])[A-Za-z_]\w*(?!\w|\s*=[^=])", lambda m: names.get(m.group(), m.group()), match.group())
    return re.sub(r"(?<!\{)\{[^{}]*\}", field, string)


def literals(text, fragment, rng):
    docs = {(node.lineno, node.col_offset) for node in ast.walk(ast.parse(text)) if is_docstring(node)}
    changes = {}
    for token in tokens_of(text):
        if token.start in docs or token.start[0] != token.end[0]:
            continue
        if token.type == tokenize.NUMBER:
            changes[token.start] = (len(token.string), str(rng.randint(2, 999)))
        elif token.type == tokenize.STRING and not re.match(r"[rRbB]?[fF]", token.string):
            quote = token.string[-1]
            if not token.string.endswith(quote * 3):
                changes[token.start] = (len(token.string), f"{token.string[:-1]}{rng.choice(WORDS)}{quote}")
    return replaced(text, changes)


def both(text, fragment, rng):
    return renamed(literals(text, fragment, rng), fragment, rng)


def comments(text, fragment, rng):
    multi = {row for token in tokens_of(text) if token.type == tokenize.STRING for row in range(token.start[0] + 1, token.end[0] + 1)}
    result = []
    for row, line in enumerate(text.split("\n")[:-1], 1):
        indent = line[: len(line) - len(line.lstrip())]
        if row not in multi and rng.random() < 0.25:
            result.append(f"{indent}# {' '.join(rng.sample(WORDS, 4))}")
        inside = row + 1 in multi or row in multi or line.endswith("\\") or not line.strip()
        result.append(line if inside or rng.random() > 0.25 else f"{line}  # {rng.choice(WORDS)}")
    return "\n".join(result) + "\n"


def layout(text, fragment, rng):
    tokens, changes, depth = tokens_of(text), {}, 0
    starts = {node.lineno for node in ast.walk(ast.parse(text)) if isinstance(node, ast.stmt)}
    for token in tokens:
        if token.type == tokenize.OP:
            depth += (token.string in "([{") - (token.string in ")]}")
            if token.string == "," and depth > 0 and rng.random() < 0.4:
                changes[token.start] = (1, ",\n" + " " * rng.randint(4, 16))
            elif token.string in ("=", "+", "*") and depth > 0 and rng.random() < 0.4:
                changes[token.start] = (1, f"  {token.string}  ")
    for row in sorted(starts):
        if rng.random() < 0.2:
            changes[(row, 0)] = (0, "\n")
    wide = replaced(text, changes)
    return wide if rng.random() < 0.5 else re.sub(r"(?m)^( +)(?=\S)", lambda m: " " * (len(m.group()) // 2 if len(m.group()) % 4 == 0 else len(m.group())), wide)


def statements_in(text):
    """The simple statements of one line, none of them alone in its suite."""
    found = []
    for node in ast.walk(ast.parse(text)):
        for suite in (getattr(node, name, []) for name in ("body", "orelse", "finalbody")):
            if isinstance(suite, list) and len(suite) > 1:
                found += [each for each in suite if isinstance(each, (ast.Assign, ast.AugAssign, ast.Expr, ast.Return, ast.Assert))
                          and each.lineno == each.end_lineno and not is_docstring(each)]
    lines = text.split("\n")
    return [each for each in found if ";" not in lines[each.lineno - 1] and lines[each.lineno - 1][: each.col_offset].isspace() | (each.col_offset == 0)]


def edits_for(text):
    count = sum(isinstance(node, ast.stmt) and not is_docstring(node) for node in ast.walk(ast.parse(text)))
    return max(1, round(count * 0.15))


def edited(text, rng, edit, count):
    for _ in range(count):
        places = statements_in(text)
        if not places:
            return None
        node = rng.choice(places)
        text = edit(text.split("\n"), node, rng)
    return text


def insert(lines, node, rng):
    lines.insert(node.lineno - 1 + rng.randint(0, 1), " " * node.col_offset + rng.choice(STATEMENTS))
    return "\n".join(lines)


def delete(lines, node, rng):
    del lines[node.lineno - 1]
    return "\n".join(lines)


def modify(lines, node, rng):
    line = lines[node.lineno - 1]
    value = getattr(node, "value", None) or getattr(node, "test", None)
    if value is None:
        lines[node.lineno - 1] = " " * node.col_offset + rng.choice(STATEMENTS)
        return "\n".join(lines)
    start, end = (len(line.encode()[:offset].decode()) for offset in (value.col_offset, value.end_col_offset))
    old = line[start:end]
    if isinstance(value, ast.Call) and rng.random() < 0.5:
        new = f"{old[:-1]}{'' if old.endswith('()') else ', '}{rng.choice(WORDS)}={rng.randint(1, 9)})"
        if not (value.args or value.keywords) or old.rstrip(")").rstrip().endswith(","):
            new = f"{rng.choice(WORDS)}({old})"
    else:
        new = rng.choice([f"{rng.choice(WORDS)}({old})", f"({old}) or {rng.choice(WORDS)}.{rng.choice(WORDS)}"])
    lines[node.lineno - 1] = line[:start] + new + line[end:]
    return "\n".join(lines)


def mixed(text, fragment, rng):
    text = both(text, fragment, rng)
    return edited(text, rng, rng.choice([insert, delete, modify]), 1) and edited(
        edited(text, rng, rng.choice([insert, delete, modify]), 1), rng, rng.choice([insert, modify]), max(0, edits_for(text) - 1)
    )


MUTATIONS = {
    "exact": lambda text, fragment, rng: text,
    "comments": comments,
    "layout": layout,
    "renamed": renamed,
    "literals": literals,
    "both": both,
    "inserted": lambda text, fragment, rng: edited(text, rng, insert, edits_for(text)),
    "deleted": lambda text, fragment, rng: edited(text, rng, delete, edits_for(text)),
    "modified": lambda text, fragment, rng: edited(text, rng, modify, edits_for(text)),
    "mixed": mixed,
}
WORDS = "amber basin cedar delta ember fjord grove heron inlet jetty knoll ledge maple north ocean pearl quartz river".split()
STATEMENTS = []


def collect_statements(sources):
    """Simple statements of one line from the corpus, to be pasted as what somebody added."""
    found = set()
    for source in sources[:200]:
        lines = source.split("\n")
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.FunctionDef):
                for each in node.body:
                    if isinstance(each, (ast.Assign, ast.Expr)) and counts(each) and each.lineno == each.end_lineno:
                        found.add(lines[each.lineno - 1].strip())
    return sorted(each for each in found if 15 < len(each) < 90 and "yield" not in each and "await" not in each)


def sources_of(corpus):
    sources = {}
    for path in sorted(corpus.rglob("*.py")):
        name = path.relative_to(corpus).as_posix()
        try:
            text = path.read_bytes().decode("utf-8")
            if "\r" not in text and "\f" not in text and "\t" not in text:
                ast.parse(text)
                sources[name] = text
        except (SyntaxError, UnicodeDecodeError, ValueError, RecursionError):
            continue
    return sources


def is_valid(text):
    try:
        ast.parse(text)
        return not any(not each.isspace() and keyword.iskeyword(each) for each in [])
    except SyntaxError:
        return False


def pasted(text, fragment, number, rng):
    """The text to paste and the row, from 0, of its first line in it."""
    if fragment.is_function:
        return f"\n\n{text.rstrip()}\n", 2
    before = [f"    {each}" for each in rng.sample(STATEMENTS, 2)]
    after = [f"    {rng.choice(STATEMENTS)}"]
    lines = ["", "", f"def injected_{number}(context):", *before, *textwrap.indent(text.rstrip(), "    ").split("\n"), *after]
    return "\n".join(lines) + "\n", 5


def main(corpus, target, seed, per_kind):
    rng = random.Random(seed)
    sources = sources_of(corpus)
    STATEMENTS.extend(collect_statements(list(sources.values())))
    own = [name for name in sources if not SKIPPED.search(name) and not GENERATED.search(sources[name][:1000])]
    fragments = [each for name in own for each in fragments_of(name, sources[name], rng)]
    rng.shuffle(fragments)
    wanted = [kind for kind in KINDS for _ in range(per_kind)]
    rng.shuffle(wanted)
    insertions, copies = {}, []
    for fragment in fragments:
        if not wanted:
            break
        kind = wanted[-1]
        try:
            text = MUTATIONS[kind](fragment.text, fragment, rng)
            if text is None or (kind != "exact" and text == fragment.text) or not is_valid(text):
                continue
            rows = code_lines(text)
        except (SyntaxError, tokenize.TokenError, IndentationError, IndexError):
            continue
        path = fragment.path if rng.random() < 0.25 else rng.choice(own)
        body = ast.parse(sources[path]).body
        at = rng.choice(body).end_lineno if body else 0
        if any(place == at for place, *_ in insertions.get(path, [])):
            continue
        block, offset = pasted(text, fragment, len(copies), rng)
        if not is_valid(block):
            continue
        insertions.setdefault(path, []).append((at, block))
        copies.append((kind, fragment, path, at, offset, rows, code_lines(fragment.text)))
        wanted.pop()

    def shifted(path, row):
        return row + sum(block.count("\n") for at, block in insertions.get(path, []) if at < row)

    truth = []
    for kind, fragment, path, at, offset, rows, own_rows in copies:
        base = shifted(path, at) + offset
        truth.append({
            "kind": kind,
            "source": {"path": fragment.path, "lines": [shifted(fragment.path, fragment.first + row - 1) for row in own_rows]},
            "copy": {"path": path, "lines": [base + row for row in rows]},
        })
    for name, source in sources.items():
        lines = source.split("\n")
        for at, block in sorted(insertions.get(name, []), key=lambda each: each[0], reverse=True):
            lines[at:at] = block.rstrip("\n").split("\n")
        file = target / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("\n".join(lines), encoding="utf-8")
    (target / "truth.json").write_text(json.dumps(truth))


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]))
