import fc, { type Arbitrary } from "fast-check";

const pick = (...values: readonly string[]): Arbitrary<string> => fc.constantFrom(...values);
/** Mostly the first, sometimes one of the others. */
const mostly = (usual: Arbitrary<string>, ...odd: Arbitrary<string>[]): Arbitrary<string> =>
  fc.oneof({ weight: 40, arbitrary: usual }, ...odd.map((arbitrary) => ({ weight: 1, arbitrary })));
const join = (...parts: Arbitrary<string>[]): Arbitrary<string> => fc.tuple(...parts).map((texts) => texts.join(""));
const list = (item: Arbitrary<string>, separator: Arbitrary<string>, maxLength = 3): Arbitrary<string> =>
  fc
    .array(fc.tuple(separator, item), { maxLength })
    .map((pairs) => pairs.map(([between, text], index) => (index ? between : "") + text).join(""));

const oddBlank = pick(
  "\t",
  "\u00a0",
  "\f",
  "\v",
  "\u3000",
  "\x1f",
  "\x1c",
  "\x85",
  "\u2028",
  "\ufeff",
  "\\\n",
  " \\\n ",
  "\\\r\n",
  "\\\\\n",
  "\\\n#",
  "\n",
);
const blank = mostly(pick("", " "), pick("  ", "\t "), oddBlank);
const space = mostly(pick(" "), pick("  ", "\t"), oddBlank);
const noise = pick(
  "",
  "#",
  "\\",
  "'",
  '"',
  "[",
  "]",
  "(",
  ")",
  "{",
  "}",
  "$",
  `$${"{X}"}`,
  "é",
  "😀",
  ",",
  ";",
  "@",
  "=",
  "-",
  "--",
  "/",
  ".",
  ":",
  "*",
  "!",
  "\0",
);

const name = mostly(
  pick("numpy", "Foo.bar_Baz", "a", "x2", "scikit-learn"),
  pick("_a", "a-", "a_", "-a", "a..b", "é", "3", "foo.zip", "a.whl", "git", "extra", "and", "in", "python_version"),
  noise,
);
const number = pick("0", "1", "12", "2024", "007");
const release = list(number, pick("."), 4).filter((text) => text !== "");
const suffix = pick(
  "",
  "",
  "",
  ".*",
  "a1",
  ".post1",
  "-1",
  ".dev0",
  "rc",
  "+cpu",
  "+a.b-c",
  "_beta_2",
  ".*.*",
  "+",
  ".",
  "foo",
  "-",
  "!1",
  "=1",
);
const version = mostly(
  join(release, suffix),
  join(pick("v", "1!", "V2!"), release, suffix),
  noise,
  pick("", "*", "latest", `$${"{X}"}`, "1.0\u00a0"),
);
const operator = mostly(
  pick("==", ">=", "<=", "~=", "!=", "<", ">", "==="),
  pick("=", "=>", "~", "<>", "!", "====", "≥", "is"),
);
const clause = join(operator, blank, version);
const clauses = list(clause, mostly(join(blank, pick(","), blank), pick(" ", ",,", ";")));
const specifiers = mostly(
  clauses,
  join(pick("("), blank, clauses, blank, pick(")")),
  join(clauses, pick(",", ")", "(", " ,")),
  join(pick("("), clauses),
);
const extras = mostly(
  pick(""),
  join(
    blank,
    pick("["),
    blank,
    list(mostly(name, pick("Dev", "a,b")), join(blank, pick(",", ",", " "), blank)),
    blank,
    pick("]", "]", "]", ""),
  ),
);

const variable = mostly(
  pick("python_version", "os_name", "sys_platform", "platform_machine", "extra", "implementation_name"),
  pick(
    "os.name",
    "sys.platform",
    "python_implementation",
    "platform.python_implementation",
    "extras",
    "dependency_groups",
    "python_full_version",
    "Python_version",
    "platform.release",
    "os",
    "foo",
  ),
);
const string = mostly(
  pick("'3.8'", '"linux"', "''", '"x y"'),
  pick(
    "'a\"b'",
    '"a\'b"',
    "'é'",
    "'\\x41'",
    "'\\'",
    "'\\n'",
    "'\\u12'",
    "'\\777'",
    "'a;b'",
    "' #'",
    '" -x"',
    "'A_b.C'",
    "'",
    '"a',
    "3.8",
  ),
);
const comparator = mostly(
  pick("==", ">=", "<", "!=", "in", "not in"),
  pick("===", "~=", "=", "not  in", "not\tin", "notin", "is", "not", "<>", ""),
);
const operand = fc.oneof(variable, string);
const comparison = join(operand, blank, comparator, blank, operand);
const { marker } = fc.letrec<{ marker: string; atom: string }>((tie) => ({
  marker: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    comparison,
    join(tie("atom"), space, mostly(pick("and", "or"), pick("AND", "&&", ",", "")), space, tie("atom")),
  ),
  atom: fc.oneof(
    { maxDepth: 3 },
    comparison,
    join(pick("("), blank, tie("marker"), blank, mostly(pick(")"), pick("", "))"))),
  ),
}));
const markerPart = mostly(pick(""), join(blank, pick(";"), blank, marker, blank), join(pick("; ", ";", " ; ", " ;;")));

const scheme = mostly(
  pick("https://", "git+https://", "git+ssh://", "file:///", "http://"),
  pick(
    "HTTPS://",
    "svn+http://",
    "hg+static-http://",
    "bzr+lp:",
    "git://",
    "git:",
    "ftp://",
    "file:",
    "file://host/",
    "file://localhost/",
    "FILE:///",
    "ssh://",
    "s3://",
    "hg:",
    "git@",
    "C:\\",
    "git+git://",
  ),
);
const host = mostly(
  pick("x.org/", "user:pw@x.org:80/"),
  pick("[::1]/", "[x/", "x]/", "[v1.a]/", "é.org/", "\u2100/", `$${"{HOST}/"}`, ""),
);
const file = mostly(
  pick("a", "a/b.git@v1", "foo-1.0.tar.gz"),
  pick(
    "numpy-1.0-py3-none-any.whl",
    "Foo_Bar-1.0-1-py2.py3-none-any.whl",
    "foo.whl",
    "a-b-c-d-e.whl",
    "foo-1.0-py3-none-any.whl/",
    "a%20b.zip",
    "foo-1.0-py3-none-any.wh%6c",
    "a b",
    "a;b",
    "a[x]",
    "../a",
    "a?b=c",
    "a-1-x-none.whl.metadata",
    ".whl",
    "",
  ),
);
const fragment = mostly(
  pick("", "#egg=foo"),
  pick(
    "#egg=foo[bar]",
    "#egg=foo-1.0",
    "#egg=",
    "#subdirectory=x&egg=Foo",
    "#egg=_x",
    "&egg=a",
    "#sha256=abc",
    " #egg=x",
    "#egg=foo==1.0",
  ),
);
const url = join(scheme, host, file, fragment);
const path = mostly(
  pick("./a", "../b", "/c/d", "a/b", "."),
  pick(
    "foo-1.0.tar.gz",
    "a.zip",
    "./numpy-1.0-py3-none-any.whl",
    "a.whl",
    "dir/a.tar.xz[x]",
    "a/b[Dev]",
    "./a [x]",
    ".zip",
    "a b/c.zip",
    "~/x",
    "~",
    "a@b.zip",
    "a/@b.tgz",
    "numpy-1.0-py3-none-any.whl[X]",
    "a/../b.zip/.",
    "a.tar.GZ",
    "a[!]/x.zip",
    "./x[!]",
  ),
);

const hash = mostly(
  pick("sha256:abc", "sha512:0", "sha384:"),
  pick("md5:abc", "sha256", "sha256=abc", "SHA256:a", ":", ""),
);
const value = mostly(
  pick("x", "foo.txt", "a=b", ":all:"),
  url,
  path,
  hash,
  pick(
    "'a b'",
    '"a b"',
    "a\\ b",
    "'",
    '"',
    "a'b'c",
    "''",
    "-x",
    "--pre",
    ":none:,a",
    "truststore",
    "fast-deps",
    "é",
    "\\",
    '"a\\"b"',
    "'a\\'",
    `$${"{X}"}`,
    "a,b",
  ),
);
const valueFlag = mostly(
  pick("-r", "-c", "-e", "--hash", "-i", "--index-url", "--extra-index-url", "-f", "--no-binary"),
  pick(
    "--requirement",
    "--constraint",
    "--editable",
    "--find-links",
    "--only-binary",
    "--trusted-host",
    "--use-feature",
    "--config-settings",
    "-C",
    "--pypi-url",
    "--all-releases",
    "--only-final",
    "--req",
    "--re",
    "--ha",
    "--index",
    "--extra",
    "--no",
    "--c",
    "--con",
    "--cons",
    "--conf",
    "--edit",
  ),
);
const plainFlag = mostly(
  pick("--pre", "--no-index", "--prefer-binary", "--require-hashes"),
  pick(
    "--no-require-hashes",
    "--pr",
    "--pref",
    "--no-in",
    "-",
    "--",
    "-x",
    "--foo",
    "-U",
    "--PRE",
    "--=",
    "-é",
    "--global-option",
    "--no-deps",
    "'--pre'",
    "--no-b",
  ),
);
const option = mostly(
  join(valueFlag, mostly(pick("=", " "), pick("", " = ", "  ", "\t", "= ")), value),
  join(
    pick("-e ", "--editable=", "-e"),
    mostly(
      url,
      join(name, pick("[x]", ""), pick(" @ ", "@"), url, pick("", " ; python_version<'3'", " ;", ";x", " x")),
      path,
      join(path, pick("[x]", "[A,b]", "[")),
    ),
  ),
  plainFlag,
  join(plainFlag, pick("=x", "x")),
);
const options = list(option, space);
const comment = mostly(
  pick(""),
  join(space, pick("# c", "#", "# -r x", "# a \\", "#!", "## é ")),
  pick("#c", "\\", " \\", "\\\\"),
);

const requirement = join(
  name,
  extras,
  blank,
  fc.oneof({ weight: 4, arbitrary: specifiers }, { weight: 1, arbitrary: join(pick("@"), blank, url) }),
  markerPart,
);
const entry = fc.oneof(
  { weight: 6, arbitrary: join(requirement, mostly(pick(""), join(space, options))) },
  { weight: 2, arbitrary: join(url, markerPart, pick("", "", " --hash=sha256:a")) },
  { weight: 2, arbitrary: join(path, extras, markerPart) },
  { weight: 3, arbitrary: options },
  {
    weight: 1,
    arbitrary: pick(
      "pip install x",
      "conda-forge::x",
      "numpy=1.0=py38",
      "# coding: x",
      "this is prose",
      "- numpy",
      "-ip==20.0",
      "<<<<<<< HEAD",
      "=======",
      "git@github.com:x/y.git",
      "[tool]",
      "name: env",
      "see a/b for more",
      "",
      " ",
      "#",
      "\\",
      "\\\\",
    ),
  },
  {
    weight: 1,
    arbitrary: fc
      .array(fc.oneof(noise, name, operator, version, blank, string), { maxLength: 8 })
      .map((parts) => parts.join("")),
  },
);
const line = join(blank, entry, mostly(pick(""), noise), comment);

/** One line, or a little file, that looks like requirements: most of it is right, and all of it can be wrong. */
export const requirementsText: Arbitrary<string> = mostly(
  line,
  fc
    .array(fc.tuple(line, pick("\n", "\r\n", "\r", "\n\n", "\\\n", " \\\n  ", "\\\r\n", "\x85")), {
      minLength: 2,
      maxLength: 5,
    })
    .map((parts) => parts.flat().join("")),
);
