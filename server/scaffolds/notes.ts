import * as l10n from "@vscode/l10n";
import { preparedFeatures, type ServedModel } from "./scaffold.ts";

/** What a person must know before the scaffold is used; empty where all is well. */
export function notesOf(served: ServedModel, assumedVersions: readonly string[]): readonly string[] {
  const { training, features, modelPath, isModelAssumed } = served;
  const notes: string[] = [];
  const prepared = preparedFeatures(served);
  if (prepared.length > 0) {
    notes.push(
      l10n.t(
        "{0} computes these columns outside of the model, so whoever asks it must send them computed: {1}. Better: move the preparation into a `Pipeline`, train again, and scaffold anew.",
        training.path,
        prepared.map(({ column, computedAt }) => l10n.t("`{0}` (line {1})", column, computedAt ?? 0)).join(", "),
      ),
    );
  }
  const assumed = features.filter(({ isAssumed }) => isAssumed).map(({ column }) => `\`${column}\``);
  if (assumed.length > 0) {
    notes.push(
      l10n.t("Nothing says what these columns hold, so a number is assumed; look at them: {0}.", assumed.join(", ")),
    );
  }
  if (isModelAssumed) {
    notes.push(
      l10n.t("{0} does not say in plain words where it saves the model; `{1}` is assumed.", training.path, modelPath),
    );
  }
  if (assumedVersions.length > 0) {
    notes.push(
      l10n.t(
        "The project fixes no version of {0}: the requirements must say the very one that the model is trained with.",
        assumedVersions.map((name) => `\`${name}\``).join(", "),
      ),
    );
  }
  if (served.ownCode.length > 0) {
    notes.push(
      l10n.t(
        "{0} imports code of the project ({1}): the service needs it where the saved model speaks of it.",
        training.path,
        served.ownCode.map((path) => `\`${path}\``).join(", "),
      ),
    );
  }
  return notes;
}

/** The same as a list of Markdown, under its heading; empty where there is nothing. */
export function notesText(served: ServedModel, assumedVersions: readonly string[]): string {
  const notes = notesOf(served, assumedVersions);
  if (notes.length === 0) return "";
  return `## ${l10n.t("Before you use it")}\n\n${notes.map((note) => `- ${note}\n`).join("")}\n`;
}
