import * as l10n from "@vscode/l10n";
import { exampleJson } from "./example.ts";
import { notesText } from "./notes.ts";
import type { ServedModel } from "./scaffold.ts";

/** What one way to serve a model says otherwise than the others; texts are Markdown, the rest lines of a shell. */
interface Served {
  readonly title: string;
  readonly purpose: string;
  readonly start: string;
  readonly ask: string;
  /** How it answers, in front of the columns of a row. */
  readonly answers: string;
  readonly tests?: string;
  readonly ship: string;
  readonly shipped?: string;
}

/** What an online service is, how it is started, asked, tested and shipped. */
export function servingReadme(served: ServedModel, assumedVersions: readonly string[], told: Served): string {
  const { folder } = served;
  const install = (file: string) => `python -m pip install -r ${folder}/${file}`;
  const sections = [
    `# ${told.title}`,
    told.purpose,
    `${notesText(served, assumedVersions)}## ${l10n.t("Start it")}`,
    l10n.t("From the folder above this one, in an environment of its own:"),
    shell(install("requirements.txt"), told.start),
    `## ${l10n.t("Ask it")}`,
    shell(told.ask),
    told.answers,
    `${columnsTable(served)}\n## ${l10n.t("Test it")}`,
    shell(install("requirements-dev.txt"), `python -m pytest ${folder}`),
    told.tests,
    `## ${l10n.t("Ship it")}`,
    shell(told.ship),
    told.shipped,
  ];
  return `${sections.filter((each) => each !== undefined).join("\n\n")}\n`;
}

function shell(...lines: readonly string[]): string {
  return ["```sh", ...lines, "```"].join("\n");
}

/** What all that load the saved model by themselves are for. */
export function onlinePurpose({ training, modelPath }: ServedModel): string {
  return l10n.t(
    "Answers at once with what the model of `{0}` predicts: somebody, or another program, waits for each answer. The model is read once, when the service starts, from `{1}` (or from where the variable `MODEL_PATH` says).",
    training.path,
    modelPath,
  );
}

export function serviceReadme(served: ServedModel, assumedVersions: readonly string[]): string {
  const { folder, features } = served;
  return servingReadme(served, assumedVersions, {
    title: l10n.t("Online service"),
    purpose: onlinePurpose(served),
    start: `python -m uvicorn ${folder}.app:app`,
    ask: `curl -X POST http://127.0.0.1:8000/predict -H "Content-Type: application/json" -d '${exampleJson(features)}'`,
    answers: `| ${l10n.t("Address")} | ${l10n.t("What it does")} |
|---|---|
| \`POST /predict\` | ${l10n.t("predicts one row")} |
| \`POST /predict/many\` | ${l10n.t("predicts up to 1000 rows at once: `{0}`", '{"rows": [{…}, {…}]}')} |
| \`GET /health\` | ${l10n.t("answers as soon as the model is loaded")} |
| \`GET /docs\` | ${l10n.t("describes all of this, to be tried in the browser")} |

${l10n.t("A row with a missing, unknown or wrong value is answered with the status 422, and told of every value what is wrong with it. The columns of a row:")}`,
    tests: l10n.t("The tests use a stand-in for the model; one of them asks the real model, if it is there."),
    ship: `docker build -f ${folder}/Dockerfile -t ${folder} .\ndocker run --rm -p 8000:8000 ${folder}`,
    shipped: l10n.t(
      "The image holds the model, runs as a user without rights, and tells its health. The versions of the libraries must be those of the training: change them together, after training again.",
    ),
  });
}

/** A line of the training code, as Markdown in the scaffold's folder. */
function linkTo({ training, base }: ServedModel, line: number): string {
  const below = base === "" ? training.path : training.path.slice(base.length + 1);
  return `[${training.path}:${line}](../${below}#L${line})`;
}

/** What a row must have, as a table of Markdown. */
export function columnsTable(served: ServedModel): string {
  const rows = served.features.map(
    ({ column, kind, isOptional, computedAt }) =>
      `| \`${column}\` | ${kindWord(kind)}${isOptional ? l10n.t(", or nothing") : ""} | ${
        computedAt === undefined ? "" : l10n.t("computed as in {0}", linkTo(served, computedAt))
      } |\n`,
  );
  return `| ${l10n.t("Column")} | ${l10n.t("Holds")} | |
|---|---|---|
${rows.join("")}`;
}

function kindWord(kind: ServedModel["features"][number]["kind"]): string {
  if (kind === "integer") return l10n.t("a whole number");
  if (kind === "number") return l10n.t("a number");
  return kind === "boolean" ? l10n.t("true or false") : l10n.t("a text");
}
