/** Pictures take many lines to say one thing. */
const plotting =
  /^\s*(?:plt|ax\w*|axs?\[.*?\]|axes\w*(?:\[.*?\])?|fig\w*|sns|px|go|alt|ggplot|gca|colorbar|legend)\s*[.=(,[]|^\s*(?:f|fig\w*)\s*,\s*ax/;

/** Does a line of code draw? */
export function isPlotting(line: string): boolean {
  return plotting.test(line);
}
