"""Print, for each Python file named on standard input, its logical lines as CPython's tokenize cuts them."""

import json
import sys
import tokenize

skipped = {tokenize.NL, tokenize.COMMENT, tokenize.INDENT, tokenize.DEDENT, tokenize.ENCODING, tokenize.ENDMARKER}


def logical_lines(path):
    lines, first, last = [], None, None
    with open(path, "rb") as file:
        for token in tokenize.tokenize(file.readline):
            if token.type == tokenize.NEWLINE:
                lines.append([*first, *last])
                first = None
            elif token.type not in skipped:
                first = first or [token.start[0] - 1, token.start[1]]
                last = [token.end[0] - 1, token.end[1]]
    return lines


for name in sys.stdin.read().splitlines():
    try:
        with open(name, "rb") as source:
            compile(source.read(), name, "exec", dont_inherit=True)
        answer = logical_lines(name)
    except Exception:
        answer = None
    print(json.dumps(answer))
