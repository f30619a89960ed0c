import * as l10n from "@vscode/l10n";
import type { Fix, Problem, Rule } from "../../core/rule.ts";
import type { Entry, RequirementsFile } from "../../requirements/model.ts";
import { type LineOption, readOptions } from "../../requirements/options.ts";

/** pip expands environment variables that are spelt so. */
const passwordVariable = `\${INDEX_PASSWORD}`;

export const insecureIndex: Rule<RequirementsFile> = {
  name: "insecure-index",
  topic: "environment",
  severity: { production: "warning", undecided: "warning", experimental: "warning" },
  summary: () => l10n.t("Packages come from a place that others can pass themselves off as"),
  why: () =>
    l10n.t(
      "What pip installs runs as code, on your computer and on the server. Over `http:`, or with `--trusted-host`, nobody checks who answered, and anyone on the way can put other code in its place. A password in the file is read by everybody who sees the repository, for ever, since history keeps it. With `--extra-index-url` pip takes the highest version from any of its indexes, so whoever registers the name of your private package on PyPI is installed instead of you (*dependency confusion*).\n\nAn environment can only be trusted when what goes into it is known. Use `https:`, keep passwords in variables such as `{0}` or in `.netrc`, and let one index of your own pass on what PyPI has. It belongs to the environments of the tutorial *Ambientes virtuais*.",
      passwordVariable,
    ),
  example: {
    path: "requirements.txt",
    bad: "--index-url http://packages.example.org/simple\nnumpy==1.26.4\n",
    good: "--index-url https://packages.example.org/simple\nnumpy==1.26.4\n",
  },
  *check(file) {
    // Most files name no address at all, and long ones are looked at with every keystroke.
    const hasUser = /:\/\/[^/@\s]+@/.test(file.text);
    for (const entry of file.entries) {
      if (hasUser) yield* credentialsIn(entry, file);
      if (entry.kind === "option") yield* placeProblems(entry, file);
    }
  },
  *fixes(file, problem) {
    const { text, path } = file;
    const flagged = text.slice(problem.at.start, problem.at.end);
    const fix = (title: string, end: number, replacement: string): Fix => {
      const edits = [{ path, edits: [{ at: { start: problem.at.start, end }, text: replacement }] }];
      return { title, kind: "quickfix", safe: false, edits };
    };
    if (/^http:\/\//i.test(flagged)) yield fix(l10n.t("Use `https:`"), problem.at.start + "http:".length, "https:");
    if (/^\/\/[^/]*@$/.test(text.slice(problem.at.start - 2, problem.at.end + 1))) {
      const variables = flagged.includes(":") ? `\${INDEX_USER}:${passwordVariable}` : `\${INDEX_TOKEN}`;
      yield fix(l10n.t("Read it from the environment"), problem.at.end, variables);
    }
  },
};

const places = ["--index-url", "--pypi-url", "--extra-index-url", "--find-links"];

/**
 * Public indexes that also hold the names they serve on PyPI, or serve nothing that is not there: PyPI, its mirrors, and
 * builds of well-known libraries for certain hardware.
 */
const publicHosts = `
  pypi.org pypi.python.org
  mirror.baidu.com mirror.sjtu.edu.cn mirrors.aliyun.com mirrors.bfsu.edu.cn mirrors.cloud.tencent.com
  mirrors.huaweicloud.com mirrors.tuna.tsinghua.edu.cn mirrors.ustc.edu.cn pypi.doubanio.com pypi.mirrors.ustc.edu.cn
  pypi.tuna.tsinghua.edu.cn repo.huaweicloud.com
  abetlen.github.io download.pytorch.org pypi.ngc.nvidia.com pypi.nvidia.com wheels.vllm.ai www.paddlepaddle.org.cn
`;
const publicIndexes = new Set(publicHosts.trim().split(/\s+/));

function* placeProblems(entry: Entry, file: RequirementsFile): Iterable<Problem> {
  for (const spelt of entry.options) {
    const options = readOptions(spelt);
    const option = "message" in options ? undefined : options[0];
    const problem = option && optionProblem(option, spelt, entry, file);
    if (problem) yield problem;
  }
}

function optionProblem(option: LineOption, spelt: string, entry: Entry, file: RequirementsFile): Problem | undefined {
  const value = option.value ?? "";
  const at = spanOf(spelt.slice(option.valueStart), entry, file);
  if (option.name === "--trusted-host") {
    if (isLoopback(value.replace(/:\d+$/, "")) || isVariable(value)) return undefined;
    return { at, message: l10n.t("pip does not check who answers as `{0}`", value) };
  }
  if (!places.includes(option.name)) return undefined;
  const host = hostOf(value);
  if (/^http:/i.test(value) && host !== undefined && !isVariable(host) && !isLoopback(host)) {
    return { at, message: l10n.t("Without `https:`, anyone on the way to `{0}` can change what is installed", host) };
  }
  if (
    option.name !== "--extra-index-url" ||
    (/^https:/i.test(value) && publicIndexes.has(host ?? "")) ||
    (host !== undefined && isLoopback(host))
  ) {
    return undefined;
  }
  const message = l10n.t("pip takes the highest version from any index, so PyPI can replace what this one has");
  return { at, message, severity: "hint" };
}

/** Passwords and tokens that stand in an address; they are never part of a message. */
function* credentialsIn(entry: Entry, { text }: RequirementsFile): Iterable<Problem> {
  const source = text.slice(entry.at.start, entry.at.end);
  for (const match of source.matchAll(/([a-z][a-z0-9+.-]*):\/\/([^/@\s]+)@/gi)) {
    const [, scheme = "", user = ""] = match;
    if (!isSecret(user, scheme)) continue;
    const start = entry.at.start + match.index + scheme.length + "://".length;
    const message = l10n.t("Whoever reads this file knows the password or token in this address");
    yield { at: { start, end: start + user.length }, message };
  }
}

function isSecret(user: string, scheme: string): boolean {
  const colon = user.indexOf(":");
  if (colon >= 0) {
    const password = user.slice(colon + 1);
    // An empty password or `x-oauth-basic` leaves the token in the user's place.
    if (password !== "" && password !== "x-oauth-basic") return !isVariable(password);
    return colon > 0 && !isVariable(user.slice(0, colon));
  }
  return /^(?:git\+)?https?$/i.test(scheme) && /^(?:gh[a-z]_|github_pat_|glpat-|[A-Za-z0-9_-]{30,}$)/.test(user);
}

function isVariable(text: string): boolean {
  return /\$\{|\$[A-Za-z_]|^%\w+%$|^<.*>$|^\{+.*\}+$/.test(text);
}

function hostOf(url: string): string | undefined {
  return /^[a-z][a-z0-9+.-]*:\/\/(?:[^/@]*@)?(\[[^\]]*\]|[^/:?#]+)/i.exec(url)?.[1];
}

function isLoopback(host: string): boolean {
  return /^(?:localhost|127(?:\.\d+){3}|\[?::1\]?|.*\.localhost)$/i.test(host);
}

function spanOf(value: string, entry: Entry, { text }: RequirementsFile): Problem["at"] {
  const start = text.slice(entry.at.start, entry.at.end).indexOf(value);
  return start < 0 ? entry.at : { start: entry.at.start + start, end: entry.at.start + start + value.length };
}
