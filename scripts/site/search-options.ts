import type { Options } from "minisearch";

/** How words are compared, in the index and in what is typed: without case and accents. */
export const searchOptions: Omit<Options, "idField"> = {
  fields: ["title", "headings", "text"],
  storeFields: ["title", "page", "summary"],
  processTerm: (term) => term.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase(),
  searchOptions: { boost: { title: 5, headings: 2 }, prefix: true, fuzzy: 0.2, combineWith: "AND" },
};
