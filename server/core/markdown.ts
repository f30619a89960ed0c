/** A text as plain Markdown: whoever wrote it writes no link, no picture and no tag. */
export function escapedMarkdown(text: string): string {
  return text
    .replace(/\s+/g, " ")
    .replace(/[\\`*[\]|<>~]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])|^[#+-]|^\d+(?=[.)](?:\s|$))/g, (sign) =>
      /\d/.test(sign) ? `${sign}\\` : `\\${sign}`,
    )
    .replace(/&/g, "&amp;");
}

/** A text as code, whatever backticks it holds (CommonMark 6.1); nothing of an empty one. */
export function codeSpan(text: string): string {
  const line = text.replace(/\s+/g, " ");
  const longest = Math.max(0, ...[...line.matchAll(/`+/g)].map(([run]) => run.length));
  if (longest === 0) return line === "" ? "" : `\`${line}\``;
  const fence = "`".repeat(longest + 1);
  return `${fence} ${line} ${fence}`;
}

/** Where a link leads, as it stands between its parentheses. */
export function linkTarget(path: string): string {
  return encodeURI(path).replace(/[()]/g, (sign) => (sign === "(" ? "%28" : "%29"));
}

/** A message of ours, whose code stands between backticks: the names in it come from other people's files. */
export function messageMarkdown(message: string): string {
  const parts = message.split("`");
  // Without its partner a backtick is one of the text.
  const last = parts.length % 2 === 0 ? parts.length - 1 : parts.length;
  const text = parts.slice(0, last).map((part, index) => {
    if (index % 2 === 1) return codeSpan(part);
    // Two pieces of code beside each other would be one.
    return part === "" && index > 0 ? " " : escapedMarkdown(part);
  });
  const rest = parts.slice(last).map((part) => escapedMarkdown(`\`${part}`));
  return [...text, ...rest].join("");
}
