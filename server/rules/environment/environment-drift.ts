import * as l10n from "@vscode/l10n";
import type { Fix, Rule } from "../../core/rule.ts";
import { driftInEnvironmentFile } from "../../environment-file/drift.ts";
import type { EnvironmentFile } from "../../environment-file/model.ts";
import type { Project } from "../../project/project.ts";
import { type Drift, driftIn } from "../../requirements/drift.ts";
import { generatedBy, refusalFor } from "../../requirements/generated.ts";
import type { RequirementsFile } from "../../requirements/model.ts";

/** Above this many, one finding speaks for the file. */
const mostFindings = 5;

export const environmentDrift: Rule<RequirementsFile | EnvironmentFile> = {
  name: "environment-drift",
  topic: "environment",
  severity: { production: "warning", undecided: "warning", experimental: "warning" },
  summary: () => l10n.t("The file and the environment do not hold the same"),
  why: () =>
    l10n.t(
      "The file says which libraries the project needs, and in which versions; the environment is what your code really runs with. Somebody raised a version in the file, or installed something by hand, and from then on the two are not the same: what works for you is not what the others get.\n\nEither the file is right, then install it; or the environment is, then write its versions to the file. With both the same, each developer can create an identical environment, which is what virtual environments are for in the tutorial *Ambientes virtuais*.",
    ),
  example: {
    path: "requirements.txt",
    bad: "numpy==1.26.4\npandas==2.2.2\n",
    good: "numpy==2.0.1\npandas==2.2.2\n",
    environment: { kind: "venv", distributions: { numpy: "2.0.1", pandas: "2.2.2" } },
  },
  *check(file, project) {
    const name = project.environment?.name ?? "";
    const drifts = driftsOf(file, project);
    const [first] = drifts;
    if (first && drifts.length > mostFindings) {
      const words = l10n.t("{0} entries are missing in `{1}`, or there in another version", drifts.length, name);
      yield { at: first.at, message: words };
      return;
    }
    for (const { at, installed, name: entry } of drifts) {
      if (installed === undefined) {
        yield { at, message: l10n.t("`{0}` is not installed in `{1}`", entry, name), severity: "information" };
      } else yield { at, message: l10n.t("`{0}` holds {1} {2}, which this excludes", name, entry, installed) };
    }
  },
  *fixes(file, problem, project) {
    const drifts = driftsOf(file, project);
    const drift = drifts.find((each) => each.at.start === problem.at.start);
    if (!drift) return;
    yield installation(file);
    const generated = "entries" in file ? generatedBy(file) : undefined;
    if (generated) {
      const title = l10n.t("Change the file");
      yield { title, kind: "quickfix", safe: false, edits: [], refused: refusalFor(generated) };
    } else if (drifts.length <= mostFindings && drift.edit) {
      yield { title: titleOf(drift), kind: "quickfix", safe: false, edits: [{ path: file.path, edits: [drift.edit] }] };
    }
  },
};

function driftsOf(file: RequirementsFile | EnvironmentFile, project: Project): readonly Drift[] {
  return "entries" in file ? driftIn(file, project) : driftInEnvironmentFile(file, project);
}

/** The file is right: the environment gets what it says. */
function installation(file: RequirementsFile | EnvironmentFile): Fix {
  const [title, name] =
    "entries" in file
      ? [l10n.t("Install the requirements"), "groundwork.server.installRequirements"]
      : [l10n.t("Update the environment from this file"), "groundwork.server.updateEnvironment"];
  return { title, kind: "quickfix", safe: false, edits: [], command: { name, arguments: [file.path] } };
}

function titleOf({ edit, installed, name }: Drift): string {
  if (installed === undefined) return l10n.t("Remove `{0}` from the file", name);
  return l10n.t("Change to the installed `{0}`", edit?.text ?? "");
}
