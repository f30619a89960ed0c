# Functions that have a short form. `cases` below says with what each is called; everything that a caller can see is
# compared before and after: results, exceptions, output, and what was asked of the arguments, in order.
import re


def doubled(rows):
    result = []
    for row in rows:
        result.append(row * 2)
    return result


def big(rows):
    result = list()
    for row in rows:
        if row > 1:
            result.append(print(row))
    return result


def pairs(rows):
    result = []
    for index, (a, b) in enumerate(rows):
        result.append((index, a, b))
    return result


def chosen(rows):
    result = []
    for row in rows if rows else (1, 2):
        if row if row else False:
            result.append(row if row > 1 else -row)
    return result


def shadow(rows):
    result = []
    for rows in rows:
        result.append(rows + 1)
    return result


def seen(rows):
    found = set()
    for row in rows:
        found.add(row)
        print(row)
    names = set()
    for row in rows:
        names.add(str(row))
    return sorted(names), found


def table(rows):
    lengths = {}
    for row in rows:
        lengths[row] = 10 // row
    return lengths


def many(rows):
    count = 0
    for row in rows:
        if row and row > 1:
            count += 1
    return count


def lengths(rows):
    total = 0
    for row in rows:
        if row != 1:
            total += len(row)
    return total


def in_file(rows):
    with open(__file__) as file:
        lines = []
        for line in file:
            lines.append(line.strip())
    return lines[:3], rows


def equal(a, b):
    if a == b:
        return True
    return False


def member(a, b):
    if a in b:
        found = True
    else:
        found = False
    return found


def either(a, b):
    if a and not b:
        return False
    else:
        return True


def neither(a, b):
    if not (a or b):
        return True
    return False


def same(a, b):
    if a is None or b is None:
        return True
    return False


def short(a, b):
    if len(a) < len(b):
        return True
    return False


def has_big(rows):
    for row in rows:
        if row > 1:
            return True
    return False


def all_big(rows):
    for row in rows:
        if not row > 1:
            return False
    return True


def none_big(rows):
    for row in rows:
        if row > 1:
            return False
    return True


def numbered(rows):
    number = 1
    for row in rows:
        print(number, row)
        if row == 3:
            break
        number += 1


def halved(rows):
    position = 0
    for a, b in zip(rows, rows[1:]):
        try:
            print(position, a // b)
        except ZeroDivisionError:
            print("zero at", position)
        position += 1


def first_line(rows):
    file = open(__file__)
    line = file.readline()
    file.close()
    return line, rows


class Asked:
    """Answers like an array: comparing gives something with a truth of its own, and all that is asked is told."""

    def __init__(self, value):
        self.value = value

    def __eq__(self, other):
        print("asked", self.value)
        return Answer(self.value)

    def __gt__(self, other):
        print("asked", self.value)
        return Answer(self.value)

    def __repr__(self):
        return f"Asked({self.value})"

    __hash__ = None


class Answer:
    def __init__(self, value):
        self.value = value

    def __bool__(self):
        print("decided", self.value)
        if self.value == 9:
            raise ValueError("which one?")
        return self.value > 1

    def __repr__(self):
        return "an answer"


def stream(*values):
    for value in values:
        print("given", value)
        yield value


def shown(value):
    return re.sub(" at 0x[0-9a-f]+", "", str(value))


rows = [
    lambda: [],
    lambda: [1, 2, 3],
    lambda: [0, 0, 5],
    lambda: stream(3, 0, 2),
    lambda: (1,),
    lambda: [[1, 2], [3, 4]],
    lambda: [Asked(1), Asked(2), Asked(9), Asked(3)],
    lambda: ["a", None],
    lambda: None,
]
couples = [(1, 1), (1, 2), ("a", "ab"), ([], [1]), (None, 0), (Asked(2), 1), (Asked(9), 1), (0, [0]), (1, None)]
two = {"equal", "member", "either", "neither", "same", "short"}
names = [name for name, value in list(globals().items()) if callable(value) and value.__class__.__name__ == "function"]
for name in names:
    if name in ("stream", "shown"):
        continue
    function = globals()[name]
    for arguments in couples if name in two else [(make(),) for make in rows]:
        print("#", name)
        try:
            print(shown(function(*arguments)))
        except Exception as error:
            print(type(error), shown(error))
        for left in arguments:
            if hasattr(left, "__next__"):
                print("left", list(left))
