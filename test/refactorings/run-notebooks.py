"""Runs notebooks before and after: what their cells print and show, in the order of the cells.

Reads a JSON list of `{before, after, module, text}` from standard input, `before` and `after` being the Python of the
cells, and writes a JSON list of `{before, after}`: what was said, with the exception that ended it, if there was one.
"""

import ast
import contextlib
import io
import json
import os
import random
import sys
import tempfile
import traceback

SHOWN = (ast.Expr,)


def said(cells):
    """What a kernel would write below the cells; it stops at the first exception."""
    space = {"__name__": "__main__"}
    output = io.StringIO()
    random.seed(0)
    with contextlib.redirect_stdout(output):
        for cell in cells:
            try:
                run(cell, space)
            except Exception as error:
                print(type(error).__name__, error)
                if os.environ.get("SHOW_ERRORS"):
                    traceback.print_exc()
                break
    return output.getvalue()


def run(cell, space):
    """A cell as IPython runs it: the value of a last expression is shown, unless a semicolon ends it."""
    tree = ast.parse(cell)
    last = tree.body[-1] if tree.body else None
    is_shown = isinstance(last, SHOWN) and not code_of(cell).endswith(";")
    if is_shown:
        tree.body.pop()
    exec(compile(tree, "<cell>", "exec"), space)
    if is_shown:
        value = eval(compile(ast.Expression(last.value), "<cell>", "eval"), space)
        if value is not None:
            print(repr(value))


def code_of(cell):
    """Without the comments and blanks at the end."""
    lines = [line for line in cell.splitlines() if line.strip() and not line.startswith("#")]
    return lines[-1].split("  #")[0].rstrip() if lines else ""


def judged(case, folder):
    os.chdir(folder)
    before = said(case["before"])
    with open(f"{case['module']}.py", "w", encoding="utf-8") as file:
        file.write(case["text"])
    sys.path.insert(0, folder)
    try:
        after = said(case["after"])
    finally:
        sys.path.remove(folder)
        sys.modules.pop(case["module"], None)
    return {"before": before, "after": after}


answers = []
for case in json.load(sys.stdin):
    with tempfile.TemporaryDirectory() as folder:
        answers.append(judged(case, folder))
        os.chdir("/")
json.dump(answers, sys.stdout)
