"""What pip itself reads in requirements texts: one JSON array of texts on stdin, one array of entries per text on stdout.

usage: oracle.py FOLDER      where FOLDER holds an unpacked pip wheel; pip is imported from there, never installed.
An item of the input is a string, or {"base64": ...} for the bytes of a file. A text that pip refuses as a whole
gives {"error": ...}. `path` tells that pip refuses an entry only because no such file is here.
"""

import base64
import io
import json
import logging
import os
import sys
import warnings
from contextlib import redirect_stderr

sys.path.insert(0, sys.argv[1])
for name in list(os.environ):
    if name not in ("PATH", "SYSTEMROOT"):
        del os.environ[name]
logging.disable(logging.CRITICAL)
warnings.simplefilter("ignore")

from pip._internal.req import constructors, req_file  # noqa: E402

ABOUT_PATHS = ("not installable", "does not exist", "is not a valid editable requirement", "It looks like a path")


def read(content):
    physical = content.splitlines()
    parse = req_file.get_line_parser(None)
    return [entry(number, text, physical, parse) for number, text in req_file.preprocess(content)]


def entry(number, text, physical, parse):
    last = number
    while last <= len(physical) and physical[last - 1].endswith("\\"):
        if req_file.COMMENT_RE.match(physical[last - 1]):
            break
        last += 1
    result = {"line": number, "endLine": min(last, len(physical)), "kind": "error"}
    try:
        with redirect_stderr(io.StringIO()):
            args, options = parse(text)
    except req_file.OptionParsingError as error:
        return {**result, "error": error.msg.strip()}
    except Exception as error:
        return {**result, "error": f"{type(error).__name__}: {error}"}
    if not args and not options.editables:
        if options.requirements:
            return {**result, "kind": "include", "path": options.requirements[0]}
        if options.constraints:
            return {**result, "kind": "constraint", "path": options.constraints[0]}
        return {**result, "kind": "option"}
    result["kind"] = "requirement" if args else "editable"
    try:
        return {**result, **describe(args, options)}
    except Exception as error:
        message = f"{type(error).__name__}: {error}"
        if any(part in message for part in ABOUT_PATHS):
            return {**result, "path": True}
        return {**result, "kind": "error", "error": message}


def describe(args, options):
    if args:
        found = constructors.install_req_from_line(args)
    else:
        found = constructors.install_req_from_editable(options.editables[0])
    return {
        "name": found.req.name if found.req else None,
        "extras": sorted(found.extras),
        "specifier": str(found.req.specifier) if found.req else None,
        "marker": str(found.markers) if found.markers else None,
        "url": found.link.url if found.link else None,
        "hashes": len([value for values in (options.hashes or {}).values() for value in values]),
    }


def answer(item):
    try:
        if isinstance(item, str):
            return read(item)
        return read(req_file._decode_req_file(base64.b64decode(item["base64"]), "requirements.txt"))
    except Exception as error:
        return {"error": f"{type(error).__name__}: {error}"}


json.dump([answer(item) for item in json.load(sys.stdin)], sys.stdout)
