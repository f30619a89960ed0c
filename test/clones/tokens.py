"""Print, for each Python file named on standard input, a checksum of its tokens as CPython's tokenize cuts them.

One line a file: how many tokens, and the CRC-32 of `kind row column row column;` for each of them (rows from 0). Logical
lines are ended by `;`. An f-string or t-string is one token, as it was before Python 3.12; `...` is three. Files that this
Python does not compile are `null`.
"""

import sys
import tokenize
import zlib

SKIPPED = {tokenize.NL, tokenize.COMMENT, tokenize.INDENT, tokenize.DEDENT, tokenize.ENCODING, tokenize.ENDMARKER}
KINDS = {tokenize.NAME: "name", tokenize.NUMBER: "number", tokenize.STRING: "string", tokenize.OP: "sign"}
STARTS = {getattr(tokenize, name, None) for name in ("FSTRING_START", "TSTRING_START")} - {None}
ENDS = {getattr(tokenize, name, None) for name in ("FSTRING_END", "TSTRING_END")} - {None}


def parts(path):
    opened = []
    with open(path, "rb") as file:
        for token in tokenize.tokenize(file.readline):
            if token.type in STARTS:
                opened.append(token.start)
            elif token.type in ENDS:
                start = opened.pop()
                if not opened:
                    yield "string", start, token.end
            elif opened or token.type in SKIPPED:
                continue
            elif token.type == tokenize.NEWLINE:
                yield None
            elif token.string == "...":
                row, column = token.start
                for at in range(3):
                    yield "sign", (row, column + at), (row, column + at + 1)
            else:
                yield KINDS.get(token.type, "sign"), token.start, token.end


def checksum(path):
    count, text = 0, []
    for part in parts(path):
        if part is None:
            text.append(";")
            continue
        kind, (row, column), (end_row, end_column) = part
        count += 1
        text.append(f"{kind} {row - 1} {column} {end_row - 1} {end_column} ")
    return f"{count} {zlib.crc32(''.join(text).encode())}"


for name in sys.stdin.read().splitlines():
    try:
        with open(name, "rb") as source:
            compile(source.read(), name, "exec", dont_inherit=True)
        answer = checksum(name)
    except Exception:
        answer = "null"
    print(answer)
