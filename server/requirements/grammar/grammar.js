/**
 * The requirements file format as pip 26 reads it: logical lines of either a PEP 508 requirement, a URL, a path or
 * options. Comments, line ends and continuations come from `src/scanner.c`, because a `#` begins a comment only behind
 * a blank. What pip decides by meaning (valid versions, known options) is the reader's part, not the grammar's.
 */

// What Python's str.splitlines takes for a line end.
const breaks = "\\n\\r\\u000b\\u000c\\u001c-\\u001e\\u0085\\u2028\\u2029";
// A character that is none of `excluded`; a backslash counts only where it does not continue the line.
const textWithout = (excluded) => `([^ \\t${breaks}\\\\${excluded}]|\\\\+[^ \\t${breaks}\\\\${excluded}])`;
const pattern = (source) => new RegExp(source, "u");
// Unlike elsewhere, packaging lets any Unicode blank stand between an operator and its version.
const odd = "\\u001f\\u00a0\\u1680\\u2000-\\u200a\\u202f\\u205f\\u3000";
const oddBlanks = `([${odd}][ \\t]*)*`;
const anyCase = (word) => word.replace(/[a-z]/g, (letter) => `[${letter}${letter.toUpperCase()}]`);
const scheme = [
  "https?|file|ftp",
  "git\\+(https?|ssh|git|file)",
  "hg\\+(https?|ssh|static-http|file)",
  "svn\\+(https?|ssh|svn|file)",
  "bzr\\+(https?|ssh|s?ftp|lp|file)",
].map(anyCase);

// biome-ignore lint/style/noDefaultExport: tree-sitter's generator asks for one.
export default grammar({
  name: "requirements",

  externals: ($) => [$._newline, $._line_comment, $.comment, $.continuation],
  extras: ($) => [/[ \t]/, $.continuation],
  word: ($) => $.name,

  rules: {
    file: ($) => seq(repeat(seq(optional($._line), $._newline)), optional($._line)),

    _line: ($) => choice(alias($._line_comment, $.comment), seq($._entry, optional($.comment))),

    _entry: ($) => choice(seq(choice($.requirement, $.link, $.path), repeat($.option)), repeat1($.option)),

    requirement: ($) =>
      seq(
        field("name", $.name),
        field("extras", optional($.extras)),
        optional(choice(field("specifiers", $.specifiers), seq("@", field("url", $.url)))),
        optional($._marker_part),
      ),

    /** A URL without a name; the marker's semicolon needs a blank behind it. */
    link: ($) => seq(field("url", alias($._link, $.url)), optional($._marker_part)),
    path: ($) => seq(field("path", alias($._path, $.file_path)), optional($._marker_part)),

    name: () => /[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9_])?/,
    extras: ($) => seq("[", optional(seq($._extra, repeat(seq(",", $._extra)))), "]"),
    _extra: ($) => alias($.name, $.extra),

    specifiers: ($) => choice($._specifiers, seq("(", optional($._specifiers), ")")),
    _specifiers: ($) => seq($.specifier, repeat(seq(",", $.specifier)), optional(",")),
    specifier: ($) =>
      choice(
        seq(field("operator", $.operator), field("version", $.version)),
        seq(field("operator", alias("===", $.operator)), field("version", optional(alias($._arbitrary, $.version)))),
      ),
    operator: () => choice("==", "~=", "!=", "<=", ">=", "<", ">"),
    version: () => token(pattern(`${oddBlanks}${textWithout(",;()<>=!~")}${textWithout(",;()")}*`)),
    _arbitrary: () => token(prec(1, pattern(`${oddBlanks}${textWithout(`;)${odd}`)}+`))),

    url: () => token(pattern(`${textWithout(";")}+`)),
    _link: () => token(prec(2, pattern(`(${scheme.join("|")}):${textWithout(";")}(;?${textWithout(";")})*`))),
    _path: () =>
      token(prec(1, choice(pattern(`\\.${textWithout(";")}*`), pattern(`[A-Za-z0-9_.~\\-]*[/]${textWithout(";")}*`)))),

    _marker_part: ($) => seq(";", field("marker", optional($.marker))),
    marker: ($) => $._marker,
    _marker: ($) => choice($.comparison, $.and, $.or, $.parenthesized),
    parenthesized: ($) => seq("(", $._marker, ")"),
    and: ($) => prec.left(2, seq($._marker, "and", $._marker)),
    or: ($) => prec.left(1, seq($._marker, "or", $._marker)),
    comparison: ($) => seq($._operand, choice(alias($.operator, $.marker_operator), $.marker_operator), $._operand),
    marker_operator: () => choice("===", "in", seq("not", "in")),
    _operand: ($) => choice($.variable, $.string),
    variable: () =>
      choice(
        "python_version",
        "python_full_version",
        "os_name",
        "os.name",
        "sys_platform",
        "sys.platform",
        "platform_release",
        "platform_system",
        "platform_version",
        "platform.version",
        "platform_machine",
        "platform.machine",
        "platform_python_implementation",
        "platform.python_implementation",
        "python_implementation",
        "implementation_name",
        "implementation_version",
        "extra",
        "extras",
        "dependency_groups",
      ),
    string: () => token(choice(pattern(`'[^'${breaks}]*'`), pattern(`"[^"${breaks}]*"`))),

    option: ($) =>
      prec.right(seq(field("flag", $.flag), choice(seq(token.immediate("="), repeat($.argument)), repeat($.argument)))),
    flag: () => token(prec(3, choice(/--[A-Za-z][A-Za-z0-9-]*/, /-[A-Za-z]/))),
    argument: () =>
      token(
        prec(
          -1,
          pattern(
            `("([^"${breaks}\\\\]|\\\\[^${breaks}])*"|'[^'${breaks}]*'|${textWithout("\"'\\-")})("([^"${breaks}\\\\]|\\\\[^${breaks}])*"|'[^'${breaks}]*'|${textWithout("\"'")})*`,
          ),
        ),
      ),
  },
});
