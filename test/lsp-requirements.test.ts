// What a requirements file offers while it is edited, over streams.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type {
  ClientCapabilities,
  CompletionItem,
  CompletionList,
  DocumentLink,
  DocumentSymbol,
  FoldingRange,
  Hover,
  InitializeResult,
  LocationLink,
  TextEdit,
} from "vscode-languageserver-protocol/node";
import { TextDocument } from "vscode-languageserver-textdocument";
import { virtualEnvironment } from "./installed.ts";
import { folderWith, LspClient, pullCapabilities } from "./lsp-client.ts";

const environment = virtualEnvironment({
  numpy: {
    version: "1.26.4",
    headers: ["Summary: Fundamental package for *array* computing", "Home-page: https://numpy.org"],
    record: ["numpy/__init__.py", "numpy/core/x.so", "numpy-1.26.4.dist-info/METADATA", "../../../bin/f2py"],
  },
  pandas: {
    version: "2.2.0",
    headers: [
      "Requires-Dist: numpy>=1.23",
      "Requires-Dist: xlrd>=2 ; extra == 'excel'",
      "Provides-Extra: excel",
      "Provides-Extra: test",
    ],
    modules: ["pandas"],
  },
  xlrd: {
    version: "2.0.1",
    headers: ["Project-URL: Homepage, https://xlrd.example/", "Home-page: javascript:alert(1)"],
  },
  "scikit-learn": {
    version: "1.4.0",
    headers: ["Requires-Dist: NumPy<2 ; python_version < '3.12'", "Requires-Dist: pandas ; python_version < '3'"],
    modules: ["sklearn"],
  },
});

/** A client with the environment above selected, and one open requirements file. A `|` marks the cursor. */
async function editing(
  marked: string,
  files: Record<string, string> = {},
  locale = "en",
): Promise<AsyncDisposable & { client: LspClient; place: object; at: object }> {
  const folder = folderWith({ ...environment, ...files });
  const client = await LspClient.start(folder.root, pullCapabilities, locale);
  client.settings = { environment: ".venv" };
  await client.connection.sendNotification("workspace/didChangeConfiguration", { settings: null });
  await client.scanned();
  const offset = Math.max(0, marked.indexOf("|"));
  const text = marked.replace("|", "");
  await client.open("requirements.txt", text);
  const position = TextDocument.create("", "", 1, text).positionAt(offset);
  const textDocument = { uri: client.uri("requirements.txt") };
  return {
    client,
    place: { textDocument, position },
    at: { textDocument },
    async [Symbol.asyncDispose]() {
      await client[Symbol.asyncDispose]();
      folder.dispose();
    },
  };
}

describe("hover", () => {
  const hoverAt = async (marked: string, locale?: string): Promise<string> => {
    await using editor = await editing(marked, {}, locale);
    const hover = await editor.client.connection.sendRequest<Hover | null>("textDocument/hover", editor.place);
    return hover && "value" in Object(hover.contents) ? Object(hover.contents).value : "";
  };

  test("tells the installed version, the modules, who requires it, its summary and page", async () => {
    const text = await hoverAt("num|py==1.26.4\n");
    assert.match(text, /\*\*numpy\*\* · 1\.26\.4 is installed in `\.venv`/);
    assert.match(text, /Fundamental package for \\\*array\\\* computing/, "the summary is no Markdown");
    assert.match(text, /Provides: `numpy`\s/);
    assert.match(text, /Required by: pandas, scikit-learn/);
    assert.match(text, /<https:\/\/numpy\.org>/);
  });

  test("extras and markers that do not hold are nobody's requirement", async () => {
    assert.match(await hoverAt("xl|rd==2.0.1\n"), /No other installed distribution requires it/);
    const pandas = await hoverAt("pandas==2.2|.0\n");
    assert.match(pandas, /No other installed distribution requires it/);
    assert.match(pandas, /pypi\.org\/project\/pandas\//);
  });

  test("only a page of the web is linked", async () => {
    const text = await hoverAt("xl|rd==2.0.1\n");
    assert.match(text, /<https:\/\/xlrd\.example\/>/);
    assert.doesNotMatch(text, /javascript/);
  });

  test("says what is not installed, after the reason of a finding", async () => {
    const text = await hoverAt("Tor|ch\n");
    assert.match(text, /A requirement does not fix one version[\s\S]*not installed in `\.venv`/);
    assert.match(text, /pypi\.org\/project\/torch\//);
  });

  test("nothing for comments, options and blank lines", async () => {
    assert.equal(await hoverAt("# nu|mpy\n"), "");
    assert.equal(await hoverAt("--index-url https://e|xample.org/simple\n"), "");
    assert.equal(await hoverAt("numpy==1.26.4\n\n|\n"), "");
  });

  test("in Portuguese", async () => {
    const text = await hoverAt("num|py==1.26.4\n", "pt-br");
    assert.match(text, /1\.26\.4 instalada em `\.venv`/);
    assert.match(text, /Exigida por: pandas, scikit-learn/);
    await hoverAt("numpy\n", "en");
  });
});

describe("completion", () => {
  const complete = async (marked: string, files?: Record<string, string>): Promise<CompletionItem[]> => {
    await using editor = await editing(marked, files);
    const answer = await editor.client.connection.sendRequest<CompletionList | CompletionItem[]>(
      "textDocument/completion",
      editor.place,
    );
    return "items" in answer ? answer.items : answer;
  };
  const labels = (items: readonly CompletionItem[]) => items.map((item) => item.label);
  const newText = (item: CompletionItem | undefined) =>
    item?.textEdit && "range" in item.textEdit ? item.textEdit : undefined;

  test("names: installed, locked, and those of other requirements files; what is there already comes last", async () => {
    const items = await complete("numpy==1.26.4\nx|\n", {
      "requirements-dev.txt": "pytest==8.0\nflake8\n",
      "uv.lock": '[[package]]\nname = "torch"\nversion = "2.3.0"\n',
    });
    assert.deepEqual(labels(items), ["flake8", "pandas", "pytest", "scikit-learn", "torch", "xlrd", "numpy"]);
    assert.equal(items.find((item) => item.label === "pandas")?.detail, "2.2.0 in .venv");
    assert.equal(items.find((item) => item.label === "torch")?.detail, "2.3.0");
    assert.deepEqual(newText(items[0])?.range, { start: { line: 1, character: 0 }, end: { line: 1, character: 1 } });
  });

  test("versions: the installed one, and no index unless the setting says always", async () => {
    const items = await complete("pandas>=|\n");
    assert.deepEqual(labels(items), ["2.2.0"]);
    assert.equal(items[0]?.preselect, true);
    assert.deepEqual(labels(await complete("pandas>=1,<|9\n")), ["2.2.0"]);
    assert.deepEqual(labels(await complete("unheard-of==|\n")), []);
  });

  test("a word is replaced whole", async () => {
    const [item] = await complete("pandas==1|.5.0  # old\n");
    assert.deepEqual(newText(item)?.range, { start: { line: 0, character: 8 }, end: { line: 0, character: 13 } });
  });

  test("extras that are not there yet", async () => {
    assert.deepEqual(labels(await complete("pandas[|\n")), ["excel", "test"]);
    assert.deepEqual(labels(await complete("pandas[excel, |]==2.2.0\n")), ["test"]);
    assert.deepEqual(labels(await complete("numpy[|]\n")), []);
  });

  test("options of a line, and those behind a requirement", async () => {
    const alone = labels(await complete("-|\n"));
    for (const option of ["-r", "-c", "-e", "--index-url", "--extra-index-url", "--find-links", "--pre"]) {
      assert.ok(alone.includes(option), option);
    }
    assert.ok(!alone.includes("--hash"));
    assert.deepEqual(labels(await complete("numpy==1.0 --|\n")), ["--hash", "--config-settings"]);
    assert.deepEqual(labels(await complete("numpy==1.0 \\\n    --|\n")), ["--hash", "--config-settings"]);
  });

  test("the files that -r and -c may name", async () => {
    const files = { "base/requirements.txt": "", "constraints.txt": "", "notes.txt": "" };
    assert.deepEqual(labels(await complete("-r |\n", files)), ["base/requirements.txt", "constraints.txt"]);
    assert.deepEqual(labels(await complete("--constraint=|\n", files)).length, 2);
  });

  test("nothing in comments, markers and URLs", async () => {
    for (const marked of ["# num|\n", "numpy==1.0  # |\n", "numpy ; python_v|\n", "x @ https://exa|mple.org\n"]) {
      assert.deepEqual(await complete(marked), [], marked);
    }
  });
});

describe("links and definitions", () => {
  const files = { "base.txt": "numpy\n", "constraints.txt": "numpy<2\n" };

  test("-r and -c lead to their files", async () => {
    for (const [marked, target] of [
      ["-r ba|se.txt\n", "base.txt"],
      ["--constraint=constraints.|txt  # why\n", "constraints.txt"],
    ] as const) {
      await using editor = await editing(marked, files);
      const [link] = await editor.client.connection.sendRequest<LocationLink[]>(
        "textDocument/definition",
        editor.place,
      );
      assert.equal(link?.targetUri, editor.client.uri(target));
    }
  });

  test("a file that is not there, a URL and a name lead nowhere", async () => {
    for (const marked of ["-r go|ne.txt\n", "-r https://exam|ple.org/r.txt\n", "num|py\n", "-r base.txt\n|\n"]) {
      await using editor = await editing(marked, files);
      assert.deepEqual(await editor.client.connection.sendRequest("textDocument/definition", editor.place), [], marked);
    }
  });

  test("document links: files that exist, and pages without credentials", async () => {
    const text = [
      "-r base.txt",
      "-r gone.txt",
      "--index-url https://me:secret@pypi.example/simple",
      "tool @ git+https://github.com/some/tool.git@v1.0#egg=tool",
      "a @ https://example.org/a-1.0-py3-none-any.whl ; python_version < '3'",
      `--extra-index-url https://$\{TOKEN}@private.example/simple`,
      `--find-links https://example.org/$\{PLACE}/x`,
      "# see https://example.org/comment",
      "",
    ].join("\n");
    await using editor = await editing(text, files);
    const links = await editor.client.connection.sendRequest<DocumentLink[]>("textDocument/documentLink", editor.at);
    assert.deepEqual(
      links.map((link) => link.target),
      [
        editor.client.uri("base.txt"),
        "https://pypi.example/simple",
        "https://github.com/some/tool.git",
        "https://example.org/a-1.0-py3-none-any.whl",
        "https://private.example/simple",
      ],
    );
    assert.deepEqual(links[0]?.range, { start: { line: 0, character: 3 }, end: { line: 0, character: 11 } });
  });
});

describe("the outline", () => {
  const text = [
    "-c constraints.txt",
    "# Data",
    "numpy==1.26.4",
    "pandas==2.2.0  # tables",
    "",
    "# ---- Models ----",
    "# the newest that runs on the server",
    "scikit-learn==1.4.0 \\",
    "    --hash=sha256:aaaa \\",
    "    --hash=sha256:bbbb",
    "# torch==1.0",
    "xlrd==2.0.1",
    "",
  ].join("\n");

  test("sections with their requirements", async () => {
    await using editor = await editing(text);
    const symbols = await editor.client.connection.sendRequest<DocumentSymbol[]>(
      "textDocument/documentSymbol",
      editor.at,
    );
    assert.deepEqual(
      symbols.map(({ name, detail, children }) => [name, detail, children?.map((child) => child.name)]),
      [
        ["constraints.txt", "-c", []],
        ["Data", undefined, ["numpy", "pandas"]],
        ["Models", undefined, ["scikit-learn", "xlrd"]],
      ],
    );
    assert.equal(symbols[1]?.range.end.line, 3);
    assert.equal(symbols[1]?.children?.[0]?.detail, "==1.26.4");
  });

  test("a remark about one requirement, a commented requirement and no comment at all make no section", async () => {
    await using editor = await editing("# numpy before 2\nnumpy\n\n# torch==1.0\nxlrd\n\n# via pandas\npytz\n");
    const symbols = await editor.client.connection.sendRequest<DocumentSymbol[]>(
      "textDocument/documentSymbol",
      editor.at,
    );
    assert.deepEqual(
      symbols.map(({ name }) => name),
      ["numpy", "xlrd", "pytz"],
    );
  });

  test("folding: sections, continued lines, comments of several lines", async () => {
    await using editor = await editing(text);
    const folds = await editor.client.connection.sendRequest<FoldingRange[]>("textDocument/foldingRange", editor.at);
    assert.deepEqual(
      folds.map(({ startLine, endLine, kind }) => [startLine, endLine, kind]),
      [
        [1, 3, "region"],
        [5, 11, "region"],
        [7, 9, "region"],
        [5, 6, "comment"],
      ],
    );
  });
});

describe("formatting", () => {
  const formatted = async (text: string, range?: readonly [number, number]): Promise<string> => {
    await using editor = await editing(text);
    const [from, to] = range ?? [0, 0];
    const edits = await editor.client.connection.sendRequest<TextEdit[]>(
      range ? "textDocument/rangeFormatting" : "textDocument/formatting",
      {
        ...editor.at,
        options: { tabSize: 4, insertSpaces: true },
        ...(range && { range: { start: { line: from, character: 0 }, end: { line: to, character: 0 } } }),
      },
    );
    return TextDocument.applyEdits(TextDocument.create("", "", 1, text), edits);
  };

  test("spaces each line as people write it", async () => {
    const before = [
      "numpy == 1.26.4",
      "pandas[excel] >= 2, < 3;python_version<'3.12' # why",
      "\tscipy==1.0\t;  sys_platform == 'linux'     # tabs",
      "torch   ~= 2.1#not a comment?",
      "xlrd # no version",
    ];
    assert.deepEqual((await formatted(`${before.join("\n")}\n`)).split("\n"), [
      "numpy==1.26.4",
      "pandas[excel]>=2,<3 ; python_version<'3.12'  # why",
      "\tscipy==1.0 ; sys_platform == 'linux'  # tabs",
      "torch   ~= 2.1#not a comment?",
      "xlrd  # no version",
      "",
    ]);
  });

  test("leaves options, URLs, hashes, continuations, parentheses and broken lines as they are", async () => {
    const text = [
      "--index-url   https://example.org/simple",
      "-r   base.txt",
      "tool @   https://example.org/tool.zip   ;   python_version < '3'",
      "a==1.0   --hash=sha256:abcd",
      "b == 1.0 \\",
      "   --hash=sha256:abcd",
      "c (== 1.0)",
      "d = 1.0 # broken",
      "e === 1.0",
      "# a comment   line",
      "-e .   ",
      "",
    ].join("\r\n");
    assert.equal(await formatted(text), text);
  });

  test("a range formats only its lines", async () => {
    assert.equal(await formatted("a == 1\nb == 2\nc == 3\n", [1, 1]), "a == 1\nb==2\nc == 3\n");
  });

  test("what is formatted stays as it is", async () => {
    const once = await formatted("a >= 1 , < 2 ;python_version<'3' #x\n");
    assert.equal(once, "a>=1,<2 ; python_version<'3'  #x\n");
    assert.equal(await formatted(once), once);
  });
});

describe("who is told what", () => {
  const features: ClientCapabilities = {
    ...pullCapabilities,
    textDocument: { formatting: { dynamicRegistration: true }, completion: { dynamicRegistration: true } },
  };

  test("a client that lets us register is told of requirements files only; others get plain capabilities", async () => {
    const folder = folderWith({});
    await using client = await LspClient.start(folder.root, features);
    await client.scanned();
    const registered = new Map(client.registered.map((each) => [each.method, each.registerOptions]));
    assert.deepEqual(registered.get("textDocument/formatting"), {
      documentSelector: [{ language: "pip-requirements" }],
    });
    assert.ok(registered.has("textDocument/completion"));
    assert.ok(!registered.has("textDocument/definition"));
    const { capabilities } = client.initialized as InitializeResult;
    assert.equal(capabilities.documentFormattingProvider, undefined);
    assert.equal(capabilities.completionProvider, undefined);
    assert.equal(capabilities.definitionProvider, true);
    assert.equal(capabilities.documentRangeFormattingProvider, true);
    folder.dispose();
  });

  test("Python files get none of it", async () => {
    const folder = folderWith({});
    await using client = await LspClient.start(folder.root);
    await client.open("a.py", "x == 1 # c\n");
    const textDocument = { uri: client.uri("a.py") };
    const position = { line: 0, character: 1 };
    const options = { tabSize: 4, insertSpaces: true };
    for (const method of ["formatting", "documentLink", "documentSymbol", "foldingRange", "completion", "definition"]) {
      const answer = await client.connection.sendRequest(`textDocument/${method}`, { textDocument, position, options });
      assert.deepEqual(answer, [], method);
    }
    folder.dispose();
  });
});
