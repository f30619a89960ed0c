import { normalizedName } from "../project/project.ts";
import type { Entry } from "../requirements/model.ts";
import { satisfies } from "../requirements/specifier.ts";
import { compareVersions, isPrerelease, parseVersion } from "../requirements/version.ts";
import { type IndexFile, indexAnswer } from "./index-page.ts";
import { indexSettings } from "./index-settings.ts";
import type { Asking } from "./pip-report.ts";

export interface VersionsRequest extends Asking {
  /** The requirements file, whose options may name an index. */
  readonly file: { readonly entries: readonly Entry[] };
  readonly name: string;
}

/**
 * The versions that the package index offers for an environment's Python, newest first, final releases before
 * pre-releases; asked once a distribution as long as the server runs. Empty when the index does not answer: that is
 * asked again.
 */
export class IndexVersions {
  readonly #known = new Map<string, Promise<readonly string[]>>();

  of(request: VersionsRequest): Promise<readonly string[]> {
    const options = request.file.entries.filter(({ kind }) => kind === "option").map((entry) => entry.options);
    const key = JSON.stringify([request.environment.python, options, normalizedName(request.name)]);
    const asked = this.#known.get(key) ?? ask(request);
    this.#known.set(key, asked);
    asked.then(
      (versions) => versions.length === 0 && this.#known.delete(key),
      () => this.#known.delete(key),
    );
    return asked;
  }
}

async function ask(request: VersionsRequest): Promise<readonly string[]> {
  const settings = await indexSettings(request);
  const name = normalizedName(request.name);
  const answers = await Promise.all(settings.indexes.map((index) => indexAnswer(index, name, request)));
  const python = request.environment.version;
  const isOffered = ({ yanked, requiresPython }: IndexFile) =>
    !yanked && (!python || !requiresPython || satisfies(python, requiresPython));
  const files = answers.flatMap((answer) => ("files" in answer ? answer.files.filter(isOffered) : []));
  const versions = [...new Set(files.map(({ version }) => version))].flatMap((text) => {
    const version = parseVersion(text);
    return version ? [{ text, version, isPre: isPrerelease(version) }] : [];
  });
  versions.sort((a, b) => Number(a.isPre) - Number(b.isPre) || compareVersions(b.version, a.version));
  return versions.map(({ text }) => text);
}
