import type { Entry } from "../requirements/model.ts";
import { type Asking, runPython } from "./pip-report.ts";

/** Where pip looks for packages. */
export interface IndexSettings {
  /** URLs of simple repositories (PEP 503) without a slash at the end; they may hold credentials. */
  readonly indexes: readonly string[];
  /** The requirements file itself names its index. */
  readonly isFromFile: boolean;
  /** Nobody names one: PyPI. */
  readonly isDefault: boolean;
  /** A proxy stands between, or local folders serve packages: what this process sees is not what pip sees. */
  readonly isIndirect: boolean;
}

const pypi = "https://pypi.org/simple";

/** The line options of the file, before `PIP_*` variables, before pip's configuration files. */
export async function indexSettings(
  asking: Asking & { readonly file: { readonly entries: readonly Entry[] } },
): Promise<IndexSettings> {
  const env = asking.env ? { ...process.env, ...asking.env } : process.env;
  const line = optionsIn(asking.file.entries);
  const configured = await configuration(asking);
  const own = line("index-url") ?? line("i");
  const other = env.PIP_INDEX_URL || configured("index-url");
  const extra = [line("extra-index-url"), env.PIP_EXTRA_INDEX_URL, configured("extra-index-url")];
  const local = [line("find-links"), line("f"), env.PIP_FIND_LINKS, configured("find-links"), line("no-index")];
  const isOff = local.some(Boolean) || env.PIP_NO_INDEX || configured("no-index");
  const proxy = ["HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy", "ALL_PROXY", "PIP_PROXY"].some(
    (each) => env[each],
  );
  const indexes = [own ?? other ?? pypi, ...extra.flatMap((each) => each?.split(/\s+/) ?? [])];
  return {
    indexes: indexes.filter(Boolean).map((index) => index.replace(/\/+$/, "")),
    isFromFile: own !== undefined,
    isDefault: own === undefined && !other,
    isIndirect: Boolean(isOff) || configured("proxy") !== undefined || (proxy && !indexes.every(isLoopback)),
  };
}

function isLoopback(url: string): boolean {
  return URL.canParse(url) && ["127.0.0.1", "localhost", "[::1]"].includes(new URL(url).hostname);
}

/** The values of one option, several parted by blanks; the empty text for an option without value. */
function optionsIn(entries: readonly Entry[]): (name: string) => string | undefined {
  const options = entries.filter((entry) => entry.kind === "option").flatMap((entry) => entry.options);
  return (name) => {
    const pattern = new RegExp(`^-{1,2}${name}(?:[ =]+|$)(.*)$`, "s");
    const values = options.flatMap((option) => pattern.exec(option)?.[1]?.replace(/^(["'])(.*)\1$/s, "$2") ?? []);
    if (values.length === 0) return undefined;
    if (name === "no-index") return "1";
    return name === "index-url" || name === "i" ? values.at(-1) : values.join(" ");
  };
}

/** What pip itself says its configuration files hold: `global.index-url='https://…'`. */
async function configuration(asking: Asking): Promise<(name: string) => string | undefined> {
  const { exitCode, stdout } = await runPython(["-m", "pip", "config", "list", "--disable-pip-version-check"], asking);
  const values = new Map<string, string>();
  for (const line of exitCode === 0 ? stdout.split(/\r?\n/) : []) {
    const [, section, name, value] =
      /^(global|install)\.([\w-]+)=(["'])(.*)\3$/.exec(line)?.filter((_, at) => at !== 3) ?? [];
    if (section && name && value) values.set(`${section}.${name}`, value.replaceAll("\\n", " ").trim());
  }
  return (name) => values.get(`install.${name}`) ?? values.get(`global.${name}`);
}
