import { cellsOf } from "./cells.ts";

/** Words for each line of code: lessons and essays have more, the notes of an experiment one to four. */
const fewestWordsToLine = 8;
const fewestWords = 500;
/** Addresses, pictures, tags and formulas are no words. */
const noWords = /!\[[^\]\n]*\]\([^)\n]*\)|<[^>\n]{1,500}>|https?:\/\/\S+|\$\$?[^$\n]{1,500}\$\$?/g;

/** Is a notebook (its joined text) written to be read, and its code there to show what the words say? */
export function isArticle(text: string): boolean {
  let words = 0;
  let lines = 0;
  for (const { language, start, end } of cellsOf(text)) {
    const source = text.slice(start, end);
    if (language === "markdown") words += source.replace(noWords, " ").match(/\p{L}{2,}/gu)?.length ?? 0;
    else lines += source.match(/^[ \t]*[^\s#]/gm)?.length ?? 0;
  }
  return words >= fewestWords && words >= fewestWordsToLine * lines;
}
