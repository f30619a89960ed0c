"""Judges extractions: `run` compares what code does before and after, `samples` and `judge` work on Python's own library.

Each command reads JSON from standard input and writes JSON to standard output.
"""

import ast
import collections
import contextlib
import glob
import importlib
import io
import json
import logging
import os
import random
import re
import subprocess
import symtable
import sys
import sysconfig
import tempfile
import warnings

FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


class Said(logging.Handler):
    """Says what is logged as `print` would."""

    def emit(self, record):
        print(record.getMessage())


logging.basicConfig(level=logging.DEBUG, handlers=[Said()])


def behaviour(source, lines, name="case"):
    """What a module prints, and what each line of a driver then prints, is or raises."""
    space = {"__name__": name}

    def start():
        exec(compile(source, "case.py", "exec", dont_inherit=True), space)

    return behaviour_in(space, [None, *lines], start)


def behaviour_in(space, lines, start=None):
    said = []
    for line in lines:
        output = io.StringIO()
        with contextlib.redirect_stdout(output):
            try:
                result = start() if line is None else repr(eval(line, space))
            except SyntaxError:
                result = "does not compile"
            except Exception as error:
                result = [type(error).__name__, repr(error.args), repr(error.__cause__)]
        said.append([line, output.getvalue(), result if not str(result).startswith("<") else "object"])
    return said


def run(cases):
    return [
        {"before": behaviour(case["before"], case["lines"]), "after": behaviour(case["after"], case["lines"])}
        for case in cases
    ]


def project(files, lines):
    """What the modules of a project print when each is imported, and what each line of a driver then does."""
    with tempfile.TemporaryDirectory() as folder:
        for path, text in files.items():
            place = os.path.join(folder, path)
            os.makedirs(os.path.dirname(place), exist_ok=True)
            with open(place, "w", encoding="utf-8") as file:
                file.write(text)
        known = set(sys.modules)
        sys.path[:0] = [os.path.join(folder, "src"), folder]
        space, output = {}, io.StringIO()
        importlib.invalidate_caches()
        try:
            with contextlib.redirect_stdout(output):
                for path in files:
                    name = path.removeprefix("src/").removesuffix(".py").removesuffix("/__init__")
                    if not is_test(path):
                        space[name.split("/")[-1]] = importlib.import_module(name.replace("/", "."))
            return [[None, output.getvalue(), None], *behaviour_in(space, lines)]
        except Exception as error:
            return [type(error).__name__, str(error)]
        finally:
            del sys.path[:2]
            for name in set(sys.modules) - known:
                del sys.modules[name]


def script(files, lines):
    """What each file prints as a script, and what each line of a driver does once the files are imported."""
    said = []
    with tempfile.TemporaryDirectory() as folder:
        for path, text in files.items():
            with open(os.path.join(folder, path), "w", encoding="utf-8") as file:
                file.write(text)
        for path in files:
            command = [sys.executable, path]
            ran = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, timeout=60)
            said.append([path, ran.returncode, ran.stdout, ran.stderr.splitlines()[-1:]])
    answers = project(files, lines)
    return said + answers[1:]


def scripts(cases):
    return [{side: script(case[side], case["lines"]) for side in ("before", "after")} for case in cases]


def is_test(path):
    return os.path.basename(path).startswith("test_") or path.startswith("tests/")


def projects(cases):
    return [{side: project(case[side], case["lines"]) for side in ("before", "after")} for case in cases]


def suites(function):
    todo = [function]
    while todo:
        node = todo.pop()
        for field in ("body", "orelse", "finalbody", "handlers", "cases"):
            body = getattr(node, field, None)
            if isinstance(body, list) and body:
                if isinstance(body[0], ast.stmt):
                    yield body
                todo += body


def sample(source, chance):
    """A function of the module twice, the second time under another name, and one run of statements in both."""
    tree = ast.parse(source)
    lines = source.split("\n")
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line) + 1)

    def offset(line, column):
        return starts[line - 1] + len(lines[line - 1].encode()[:column].decode())

    def start(node):
        decorators = [source.rindex("@", 0, offset(d.lineno, d.col_offset)) for d in getattr(node, "decorator_list", [])]
        return min([offset(node.lineno, node.col_offset), *decorators])

    members = [n for c in tree.body if isinstance(c, ast.ClassDef) for n in c.body]
    functions = [n for n in tree.body + members if isinstance(n, FUNCTIONS) and n.end_lineno - n.lineno > 4]
    if not functions:
        return None
    function = chance.choice(functions)
    bodies = [body for body in suites(function) if body[-1].end_lineno - body[0].lineno >= 2]
    if not bodies:
        return None
    body = chance.choice(bodies)
    first = chance.randrange(len(body))
    last = chance.randrange(first, len(body))
    if body[last].end_lineno - body[first].lineno < 3:
        first, last = 0, len(body) - 1
    low, high = start(body[first]), offset(body[last].end_lineno, body[last].end_col_offset)
    top = starts[min([function.lineno, *(d.lineno for d in function.decorator_list)]) - 1]
    end = starts[function.end_lineno]
    if end > len(source):
        return None
    text = source[top:end]
    at = text.index("def " + function.name, offset(function.lineno, function.col_offset) - top)
    name = "_" + function.name.strip("_") + "__copy"
    copied = text[:at] + "def " + name + text[at + 4 + len(function.name) :]
    shift = len(source[top:end]) + 1 + len(name) - len(function.name)
    result = source[:end] + "\n" + copied + source[end:]
    spans = [[low, high], [low + shift, high + shift]]
    if result[spans[1][0] : spans[1][1]] != source[low:high]:
        return None
    units = [[len(result[:place].encode("utf-16-le")) // 2 for place in span] for span in spans]
    return {"text": result, "copies": units, "hosts": [function.name, name]}


def samples(request):
    chance = random.Random(request["seed"])
    root = sysconfig.get_path("stdlib")
    paths = sorted(glob.glob(os.path.join(root, "*.py")) + glob.glob(os.path.join(root, "asyncio", "*.py")))
    found = []
    while paths and len(found) < request["count"]:
        path = chance.choice(paths)
        try:
            with open(path, encoding="utf-8") as file:
                made = sample(file.read(), chance)
            if made:
                compile(made["text"], path, "exec", dont_inherit=True)
                found.append({"path": os.path.basename(path), **made})
        except (SyntaxError, UnicodeDecodeError, ValueError):
            continue
    return found


def tables(source):
    """{qualified name: {name: kind}} of every scope of a module."""
    found = {}
    counts = collections.Counter()

    def visit(table, prefix):
        for child in table.get_children():
            place = f"{prefix}.{child.get_name()}:{child.get_type()}"
            counts[place] += 1
            found[f"{place}#{counts[place]}"] = {
                symbol.get_name(): "local" if symbol.is_local() else "free" if symbol.is_free() else "global"
                for symbol in child.get_symbols()
            }
            visit(child, place)

    visit(symtable.symtable(source, "case", "exec"), "")
    return found


def faults(case):
    try:
        compile(case["after"], "case.py", "exec", dont_inherit=True)
    except SyntaxError as error:
        return [f"does not compile: {error}"]
    before, after = tables(case["before"]), tables(case["after"])
    if not any(case["name"] in names for names in before.values()):
        for names in after.values():
            names.pop(case["name"], None)
    bad = []
    kinds = collections.defaultdict(set)
    for place, names in before.items():
        inside = any(f".{host}:function" in place for host in case["hosts"])
        if inside and place.split(".")[-1].split(":")[0] in case["hosts"]:
            for name, kind in names.items():
                kinds[name].add(kind)
        if inside and place not in after:
            continue
        if not case["hosts"] and re.match(r"\.(listcomp|setcomp|dictcomp|genexpr|lambda):", place):
            continue  # What the module's own code extracts takes its scopes without a name along.
        if place not in after:
            bad.append(f"lost {place}")
        elif not inside and ":function" in place and after[place] != names:
            bad.append(f"{place} changed")
        else:
            changed = [n for n, kind in names.items() if after[place].get(n, kind) != kind and n != "__class__"]
            bad += [f"{place}: {name} is another variable" for name in changed]
    if case.get("kind", "function") != "function":
        return bad
    made = [names for place, names in after.items() if place.split(".")[-1].startswith(case["name"] + ":function")]
    if len(made) != 1:
        return [*bad, f"{len(made)} new functions"]
    bad += [
        f"{name} became global"
        for name, kind in made[0].items()
        if kind == "global" and kinds[name] and "global" not in kinds[name]
    ]
    return bad


def library_tables(count):
    """Modules of the library, each with its scopes in the spelling of the scopes test."""
    root = sysconfig.get_path("stdlib")
    paths = sorted(glob.glob(os.path.join(root, "*.py")))
    found = []
    for path in random.Random(7).sample(paths, len(paths)):
        with open(path, encoding="utf-8", newline="") as file:
            text = file.read()
        if len(found) < count and len(text) < 60000:
            found.append({"path": os.path.basename(path), "text": text, "scopes": sorted(scope_lines(text))})
    return found


def scope_lines(text):
    kinds = {"lambda": "lambda", "listcomp": "comprehension", "setcomp": "comprehension"}
    kinds |= {"dictcomp": "comprehension", "genexpr": "comprehension"}
    todo = list(symtable.symtable(text, "case", "exec").get_children())
    while todo:
        table = todo.pop()
        todo += table.get_children()
        kind = kinds.get(table.get_name(), "function") if table.get_type() == "function" else table.get_type()
        # Python knows `__class__` of a method, and mangles private names.
        symbols = [s for s in table.get_symbols() if s.get_name() != "__class__" and not s.get_name().startswith(".")]
        local = " ".join(sorted(unmangled(s.get_name()) for s in symbols if s.is_local()))
        free = " ".join(sorted(unmangled(s.get_name()) for s in symbols if s.is_free()))
        yield f"{kind}: {local}; {free}".strip()


def unmangled(name):
    return re.sub(r"^_[A-Za-z]\w*?(__\w*[^_]_?)$", r"\1", name)


def judge(cases):
    return [faults(case) for case in cases]


if __name__ == "__main__":
    import differential

    warnings.simplefilter("ignore")
    commands = {"run": run, "samples": samples, "judge": judge, "tables": library_tables, "projects": projects, "scripts": scripts}
    commands |= {"compare": differential.compare, "seeded": differential.seeded}
    json.dump(commands[sys.argv[1]](json.load(sys.stdin)), sys.stdout)
