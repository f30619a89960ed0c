// The packages that the stand-in for conda knows, and a solver that is just large enough for them.

export interface Package {
  readonly name: string;
  readonly version: string;
  readonly build: string;
}

/** How conda says no: a Python exception with a name, or argparse's usage. */
export class Refusal extends Error {
  readonly exception: string;
  readonly exitCode: number;
  /** Further keys of the JSON. */
  readonly more: object;
  /** What was printed before. */
  readonly stream: { readonly stdout?: string; readonly stderr?: string };

  constructor(
    exception: string,
    message: string,
    options: { exitCode?: number; more?: object; stream?: { stdout?: string; stderr?: string } } = {},
  ) {
    super(message);
    this.exception = exception;
    this.exitCode = options.exitCode ?? 1;
    this.more = options.more ?? {};
    this.stream = options.stream ?? {};
  }
}

const versions: Readonly<Record<string, readonly string[]>> = {
  python: ["3.9.18", "3.10.13", "3.11.7", "3.12.1"],
  pip: ["23.3.1"],
  "demo-lib": ["1.0.0", "1.2.0"],
  "demo-app": ["2.0"],
};

const needs: Readonly<Record<string, readonly string[]>> = {
  python: ["pip"],
  "demo-app": ["python", "demo-lib"],
  "demo-lib": ["python"],
};

export interface SolverOptions {
  readonly isOld: boolean;
  /** The version of the Python that environments are built on; offered besides the channel's own. */
  readonly pythonVersion: string;
  notFound(missing: readonly string[], isOld: boolean): Refusal;
}

/** The newest of everything that was asked for and of what that needs; throws conda's refusals. */
export function solve(specs: readonly string[], { isOld, pythonVersion, notFound }: SolverOptions): readonly Package[] {
  const bad = specs.find((spec) => /[=<>]$/.test(spec));
  if (bad !== undefined) {
    if (isOld) throw new Refusal("CondaValueError", `invalid package specification: ${bad}`);
    throw new Refusal("IndexError", "IndexError('string index out of range')");
  }
  const asked = new Map(specs.map((spec) => [nameOf(spec), spec.slice(nameOf(spec).length)]));
  const isConflict = asked.has("demo-app") && /^=+1\.0/.test(asked.get("demo-lib") ?? "");
  if (isConflict) {
    const head = "The following specifications were found to be incompatible with each other:";
    const pairs = "Package demo-lib conflicts for:\ndemo-app -> demo-lib[version='>=1.1']\ndemo-lib=1.0";
    const message = `${head}\n\nOutput in format: Requested package -> Available versions\n\n${pairs}`;
    throw new Refusal("UnsatisfiableError", message, { more: { unsatisfiable: [] } });
  }
  const chosen = new Map<string, Package>();
  const missing: string[] = [];
  const add = (name: string, spec: string) => {
    if (chosen.has(name)) return;
    const offered = [...(versions[name] ?? []), ...(name === "python" && pythonVersion ? [pythonVersion] : [])];
    const version = newest(offered, spec, name === "python" ? pythonVersion : "");
    if (version === undefined) {
      missing.push(name + spec);
      return;
    }
    chosen.set(name, { name, version, build: name === "python" ? "0_stub" : "py_0" });
    for (const each of needs[name] ?? []) add(each, asked.get(each) ?? "");
  };
  for (const [name, spec] of asked) add(name, spec);
  if (missing.length > 0) throw notFound(missing, isOld);
  return [...chosen.values()];
}

function nameOf(spec: string): string {
  return /^(?:.*::)?([\w.-]+)/.exec(spec)?.[1] ?? spec;
}

/** The Python that runs is preferred where nothing else was asked for. */
function newest(offered: readonly string[], spec: string, preferred: string): string | undefined {
  const wanted = spec.replace(/^[=<>~!]+/, "");
  if (wanted === "") return preferred || offered.at(-1);
  return offered.findLast((version) => `${version}.`.startsWith(`${wanted}.`));
}
