import type { RequirementsFile } from "../requirements/model.ts";
import { readRequirements } from "../requirements/reader.ts";
import type { OpenDocument } from "./document.ts";
import type { Session } from "./session.ts";

/** An open requirements file as it stands, read; undefined for every other document. */
export function requirementsDocument(
  { documents }: Session,
  uri: string,
): { readonly document: OpenDocument; readonly file: RequirementsFile } | undefined {
  const document = documents.get(uri);
  if (document?.language.grammar !== "requirements") return undefined;
  return { document, file: readRequirements(document.path, document.text) };
}
