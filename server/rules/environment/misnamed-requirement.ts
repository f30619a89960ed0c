import * as l10n from "@vscode/l10n";
import type { Edit } from "../../core/edit.ts";
import type { Rule } from "../../core/rule.ts";
import { normalizedName } from "../../project/project.ts";
import type { Entry, RequirementsFile } from "../../requirements/model.ts";
import { removalOf } from "../../requirements/removal.ts";
import { parseSpecifiers } from "../../requirements/specifier.ts";

/**
 * Import names (normalised as PEP 503 has it) whose distribution has another name. What stands under the import name
 * on PyPI is nothing, an empty placeholder or something else; names under which a living project stands are left out.
 */
const distributions: Readonly<Record<string, string>> = {
  bs4: "beautifulsoup4",
  crypto: "pycryptodome",
  cv2: "opencv-python",
  dateutil: "python-dateutil",
  docx: "python-docx",
  dotenv: "python-dotenv",
  faiss: "faiss-cpu",
  fitz: "PyMuPDF",
  mysqldb: "mysqlclient",
  openssl: "pyOpenSSL",
  pil: "pillow",
  "pkg-resources": "setuptools",
  pptx: "python-pptx",
  skimage: "scikit-image",
  sklearn: "scikit-learn",
  usb: "pyusb",
  yaml: "PyYAML",
};

export const misnamedRequirement: Rule<RequirementsFile> = {
  name: "misnamed-requirement",
  topic: "environment",
  severity: { production: "warning", undecided: "warning", experimental: "warning" },
  summary: () => l10n.t("A requirement has the name of an import instead of its distribution"),
  why: () =>
    l10n.t(
      "What is imported and what is installed need not have the same name: `import sklearn` comes from `scikit-learn`, `import cv2` from `opencv-python`. Under the import's name PyPI has nothing, an empty placeholder, or a library by somebody else who took the name: the installation fails, or it succeeds and brings in something that nobody chose.\n\nA good `requirements.txt` names exactly what the environment consists of, so that another person gets the same one. It is part of the section on `requirements.txt` in the tutorial *Ambientes virtuais*.",
    ),
  example: {
    path: "requirements.txt",
    bad: "pandas==2.2.2\nsklearn==1.4.2\n",
    good: "pandas==2.2.2\nscikit-learn==1.4.2\n",
  },
  *check(file) {
    for (const entry of file.entries) {
      const meant = meantBy(entry);
      if (meant === undefined || !entry.nameAt || entry.name === undefined) continue;
      const message = l10n.t("`{0}` is the name of an import; the distribution is `{1}`", entry.name, meant);
      yield { at: entry.nameAt, message };
    }
  },
  *fixes(file, problem) {
    const entry = file.entries.find((each) => each.nameAt?.start === problem.at.start);
    const meant = entry && meantBy(entry);
    if (!entry || meant === undefined) return;
    const isThere = file.entries.some((each) => normalizedName(each.name ?? "") === normalizedName(meant));
    const title = isThere ? l10n.t("Remove: `{0}` is there", meant) : l10n.t("Rename to `{0}`", meant);
    const edits = isThere ? [removalOf(entry, file)] : renamed(entry, meant);
    yield { title, kind: "quickfix", safe: false, edits: [{ path: file.path, edits }] };
  },
};

function meantBy({ kind, name, url, path }: Entry): string | undefined {
  if (kind !== "requirement" || url !== undefined || path !== undefined) return undefined;
  const key = normalizedName(name ?? "");
  return Object.hasOwn(distributions, key) ? distributions[key] : undefined;
}

/** A version of the placeholder (`sklearn==0.0`) is none of the distribution. */
function renamed({ nameAt, specifier, specifierAt }: Entry, meant: string): Edit[] {
  if (!nameAt) return [];
  const isPlaceholder = parseSpecifiers(specifier)?.some(({ version }) => /^0\.0(?:\.|$)/.test(version));
  const name = { at: nameAt, text: meant };
  return isPlaceholder && specifierAt ? [name, { at: specifierAt, text: "" }] : [name];
}
