"""Compares what code does before and after on generated inputs, and seeds faults that the comparison must catch."""

import ast
import asyncio
import contextlib
import copy
import inspect
import io
import itertools
import os
import random
import re
import signal
import sys

from recorder import Recorder, stand_in

FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
PLAIN = [79, 77, -3, 2.5, "", "ab", None, 5.0, [], [93, 71, 82], [[81], [92]], {}, {"a": 71}, (84, 95), {82}, object]
INPUTS = [*PLAIN, *(Recorder(label) for label in "pqrs"), [Recorder("u"), Recorder("v")], [93, 71, 82], os.devnull]


class Endless(BaseException):
    """The code ran for too long."""


def limited(call, steps=4000):
    """What a call gives, with a limit on the lines that it runs."""
    left = [steps]

    def trace(frame, event, argument):
        if frame.f_code.co_filename != "case.py":
            return None
        left[0] -= 1
        if left[0] < 0:
            raise Endless
        return trace

    def ring(number, frame):
        raise Endless

    before = sys.gettrace()
    signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, 2)
    sys.settrace(trace)
    try:
        return call()
    finally:
        sys.settrace(before)
        signal.setitimer(signal.ITIMER_REAL, 0)


def shown(value):
    return re.sub(r"(<function )\S+| at 0x[0-9a-f]+", r"\1", repr(value))


def outcome(call, arguments):
    """The value, the exception, the output and what became of the arguments."""
    output = io.StringIO()

    def called():
        result = call(*arguments)
        if inspect.isgenerator(result):
            return drained(result)
        return asyncio.run(beside(result)) if inspect.iscoroutine(result) else result

    with contextlib.redirect_stdout(output), contextlib.redirect_stderr(io.StringIO()):
        try:
            result = shown(limited(called))
        except (Endless, RecursionError):
            return "endless"  # How deep functions call each other is no part of what they do.
        except BaseException as error:
            result = [type(error).__name__, type(error.__cause__).__name__]
    printed = re.sub(r" at 0x[0-9a-f]+", "", output.getvalue())
    return [result, printed, [shown(argument) for argument in arguments]]


def drained(generator):
    """What a generator yields, and what it returns."""
    items = []
    try:
        while len(items) < 50:
            items.append(next(generator))
    except StopIteration as end:
        return [items, end.value]
    return items


async def beside(coroutine):
    """The result of a coroutine; somebody else says when it lets others run."""

    async def others():
        for _ in range(3):
            print("others run")
            await asyncio.sleep(0)

    result, _ = await asyncio.gather(coroutine, others())
    return result


def targets(tree):
    """(class or None, function, number of arguments) of what the module defines at top."""
    for node in tree.body:
        members = node.body if isinstance(node, ast.ClassDef) else [node]
        for member in members:
            if not isinstance(member, FUNCTIONS) or member.decorator_list:
                continue
            arguments = member.args
            if arguments.vararg or arguments.kwarg or arguments.kwonlyargs or member.name.startswith("__"):
                continue
            owner = node.name if isinstance(node, ast.ClassDef) else None
            count = len(arguments.posonlyargs + arguments.args) - (owner is not None)
            if count >= 0:
                yield owner, member.name, count


def made(owner):
    """An object of a class, whatever it wants to be given."""
    for count in range(4):
        try:
            return owner(*(Recorder(f"given{index}") for index in range(count)))
        except TypeError:
            continue
    raise TypeError


def generated(source, wanted, seed, draws=5):
    """What every wanted function does on a few inputs, each time in a fresh module."""
    chance = random.Random(seed)
    said = []
    code = compile(source, "case.py", "exec", dont_inherit=True)
    for owner, name, count in wanted:
        for _ in range(draws if count else 1):
            arguments = [copy.deepcopy(chance.choice(INPUTS)) for _ in range(count)]
            space = {"__name__": "case"}
            try:
                with contextlib.redirect_stdout(io.StringIO()):
                    limited(lambda: exec(code, space), 20000)
                    holder = made(space[owner]) if owner else None
                    function = getattr(holder, name) if owner else space[name]
            except BaseException as error:
                said.append([name, type(error).__name__])
                continue
            said.append([name, outcome(function, arguments), shown(getattr(holder, "__dict__", None))])
    return said


def compiles(source):
    try:
        compile(source, "case.py", "exec", dont_inherit=True)
    except SyntaxError:
        return False
    return True


def compare(cases):
    """For each case the number of calls, and the first that differs."""
    answers = []
    for case in cases:
        if not compiles(case["before"]):
            answers.append({"calls": 0, "different": None})
            continue
        wanted = list(targets(ast.parse(case["before"])))
        before, after = (generated(case[side], wanted, 5) for side in ("before", "after"))
        different = next(([b, a] for b, a in zip(before, after, strict=True) if a != b), None)
        answers.append({"calls": len(before), "different": different})
    return answers


def mutants(source, name):
    """The faults of refactorings: results lost or exchanged, arguments exchanged, statements lost, no `return`."""
    tree = ast.parse(source)

    def calls(node):
        return isinstance(node, ast.Call) and name in (getattr(node.func, "id", None), getattr(node.func, "attr", None))

    for index, node in enumerate(ast.walk(tree)):
        changed = copy.deepcopy(tree)
        twin = next(itertools.islice(ast.walk(changed), index, None))
        if isinstance(node, FUNCTIONS) and node.name == name:
            for place in range(len(node.body)):
                if len(node.body) > 1 and not isinstance(node.body[place], (ast.Global, ast.Import)):
                    again = copy.deepcopy(tree)
                    del next(itertools.islice(ast.walk(again), index, None)).body[place]
                    yield "a statement is lost", again
        if isinstance(node, ast.Assign) and calls(node.value):
            if isinstance(twin.targets[0], ast.Tuple):
                twin.targets[0].elts.reverse()
                yield "results are exchanged", changed
            else:
                twin.targets[0] = ast.Name("_lost", ast.Store())
                yield "a result is lost", changed
        elif isinstance(node, ast.Return) and node.value and calls(node.value):
            twin.value = ast.BoolOp(ast.And(), [twin.value, ast.Constant(None)])
            yield "what is returned is lost", changed
        elif calls(node) and len(node.args) > 1 and ast.dump(node.args[0]) != ast.dump(node.args[1]):
            twin.args[:2] = twin.args[1::-1]
            yield "arguments are exchanged", changed


def observed(source, case, wanted):
    """Everything that can be seen of a case: its own lines, many calls, and what it does as a script."""
    from oracle import behaviour

    kept = "{k: v for k, v in globals().items() if k[0] != '_' and isinstance(v, (int, str, list, dict, type(None)))}"
    script = behaviour(source, [kept], "__main__")
    return [behaviour(source, case["lines"]), generated(source, wanted, 5, 40), script]


def seeded(cases):
    """How many faults were sown in the refactored code, and those that nothing shows."""
    stand_in()
    missed, sown = [], 0
    for case in cases:
        if not compiles(case["before"]):
            continue
        wanted = list(targets(ast.parse(case["before"])))
        expected = observed(case["before"], case, wanted)
        for fault, tree in mutants(case["after"], case["name"]):
            source = ast.unparse(ast.fix_missing_locations(tree))
            sown += 1
            try:
                said = limited(lambda: observed(source, case, wanted), 400000)
            except Endless:
                continue
            if said == expected:
                missed.append([case["title"], fault, source])
    return {"sown": sown, "missed": missed}
