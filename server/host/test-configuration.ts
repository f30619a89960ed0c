/** What the files around the code say of its tests. Paths are POSIX, relative to the root. */
export interface TestConfiguration {
  /** Whether this is a distribution and no repository, unpacked or installed: tests are often left out of one. */
  readonly isPublished: boolean;
  /** Whether what was published holds all tests, if any. */
  readonly publishesTests: boolean;
  /** Whether some file speaks of tests, which must therefore be somewhere. */
  readonly speaksOfTests: boolean;
  /** Folders in which a runner looks for tests. */
  readonly folders: readonly string[];
  /** Basenames that a runner takes for tests besides its usual ones. */
  readonly isTestName: (name: string) => boolean;
  /** Whether a runner tries examples in documentation, which is not read. */
  readonly runsDocumentation: boolean;
  /** Dotted names that a program loads when it begins: those of plugins, and those of commands. */
  readonly plugins: readonly string[];
  readonly commands: readonly string[];
  /** Dotted names and paths of what continuous integration runs. */
  readonly run: readonly string[];
}

const metadata = ["pyproject.toml", "setup.cfg", "setup.py"];
const runners = [
  "tox.ini",
  "pytest.ini",
  ".pytest.ini",
  "noxfile.py",
  "Makefile",
  "makefile",
  "justfile",
  "MANIFEST.in",
];
const integration = [".travis.yml", ".gitlab-ci.yml", "azure-pipelines.yml", "appveyor.yml", ".circleci/config.yml"];

/** Of itself setuptools publishes `tests/test*.py` alone; these take in what the repository holds. */
const publishing =
  /setuptools[-_]scm|setuptools[-_]git|\bpbr\b|\b(?:hatchling|flit_core|poetry|pdm|uv_build|maturin|scikit_build_core|mesonpy)\b/;

/** Reads it from the few files that have a say; `textOf` answers undefined for what is not there, `listed` names a folder's files. */
export function testConfigurationOf(
  textOf: (path: string) => string | undefined,
  listed: (folder: string) => readonly string[],
): TestConfiguration {
  const workflows = listed(".github/workflows").map((name) => `.github/workflows/${name}`);
  const read = (paths: readonly string[]) => paths.map((path) => textOf(path) ?? "").join("\n");
  const declared = read(metadata);
  const started = read([...runners, ...integration, ...workflows]).replace(/^\s*#.*$/gm, "");
  const all = `${declared.replace(/^\s*#.*$/gm, "")}\n${started}`;
  const names = listOf(all, "python_files").filter((each) => each !== "test_*.py" && each !== "*_test.py");
  const { plugins, commands } = entryPointsIn(declared);
  return {
    isPublished: textOf("PKG-INFO") !== undefined || isInstalled(listed),
    publishesTests: /\btests?\b/.test(textOf("MANIFEST.in") ?? "") || publishing.test(declared),
    speaksOfTests: /\b(?:py\.?test|unittest|nosetests?|testpaths|test_suite|tests_require|tests?)\b/.test(all),
    folders: testFolders(all),
    isTestName: (name) => names.some((each) => globbed(each).test(name)),
    runsDocumentation:
      /--doctest-(?:glob|modules|rst|plus)|doctest_(?:glob|optionflags|plus)|sphinx\.ext\.doctest|\bdoctest\b/.test(
        all,
      ),
    plugins,
    commands,
    run: [
      ...[...started.matchAll(/\s-m\s+([A-Za-z_][\w.]*)/g)].map(([, name = ""]) => name),
      ...[...started.matchAll(/(?:^|[\s"'=])(?:\.\/)?([\w./-]+)\.py\b/g)].map(([, path = ""]) =>
        path.replaceAll("/", "."),
      ),
    ],
  };
}

/** What an installer put there, it recorded; a project that is worked on may have metadata of its own, without a record. */
function isInstalled(listed: (folder: string) => readonly string[]): boolean {
  const isMetadata = (name: string) => /\.(?:dist|egg)-info$/.test(name);
  return listed("").some((name) => isMetadata(name) && listed(name).includes("RECORD"));
}

/** A setting of pytest or tox: on its line, on indented ones below it, or as a list of TOML. */
function listOf(text: string, setting: string): readonly string[] {
  const pattern = new RegExp(`^\\s*["']?${setting}["']?\\s*=\\s*(\\[[^\\]]*\\]|.*(?:\\r?\\n[ \\t]+\\S.*)*)`, "gm");
  return [...text.matchAll(pattern)].flatMap(([, list = ""]) => list.match(/[^\s"',[\]]+/g) ?? []);
}

function testFolders(text: string): readonly string[] {
  const called = [
    ...text.matchAll(
      /\b(?:py\.?test|nosetests|unittest discover(?: -s)?)(?:[ \t]+-\S+)*[ \t]+(?:\.\/)?(tests?(?:\/[\w./-]+)?)(?=\s|$)/gm,
    ),
  ];
  const folders = [...listOf(text, "testpaths"), ...called.map(([, path = ""]) => path)];
  return folders.map((each) => each.replace(/^\.\/|\/$/g, "")).filter((each) => /^\w[\w./-]*$/.test(each));
}

function globbed(glob: string): RegExp {
  return new RegExp(
    `^${glob
      .replace(/[.+^${}()|\\]/g, "\\$&")
      .replaceAll("*", ".*")
      .replaceAll("?", ".")}$`,
  );
}

/** `shop = shop.cli:main`, in the words of pyproject.toml, setup.cfg and setup.py. */
function entryPointsIn(text: string): Pick<TestConfiguration, "plugins" | "commands"> {
  const plugins: string[] = [];
  const commands: string[] = [];
  let isOfCommands = false;
  for (const line of text.split(/\r?\n/)) {
    if (/^\s*\[|[:=]\s*\[\s*$|^\s*["']?[\w.]+["']?\s*=\s*$/.test(line) || /_scripts\b/.test(line))
      isOfCommands = /scripts\b/.test(line);
    for (const [, name = ""] of line.matchAll(/=\s*["']?([A-Za-z_][\w.]*)(?=:[A-Za-z_])/g))
      (isOfCommands ? commands : plugins).push(name);
    const [, module] = /^\s*["']?[\w.-]+["']?\s*=\s*["']([A-Za-z_]\w*(?:\.\w+)+)["']/.exec(line) ?? [];
    if (module !== undefined) plugins.push(module);
  }
  return { plugins, commands };
}
