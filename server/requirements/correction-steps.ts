/** Options of `pip install` which say how to install, not what. */
const silentOptions =
  /^(?:-[UqIv]+|--(?:upgrade|user|quiet|no-cache-dir|pre|force-reinstall|ignore-installed|no-input|break-system-packages|disable-pip-version-check|progress-bar=\w+))$/;
/** Options that a requirements file knows, each on a line of its own. */
const fileOptions = /^(?:-[ifrce]|--(?:index-url|extra-index-url|find-links|requirement|constraint|editable))$/;

/** The lines that `pip install a b` stands for; other tools name packages otherwise. */
export function fromCommand(line: string): string {
  const command = /^[!%$]?\s*(?:sudo\s+)?(?:uv\s+|python[\d.]*\s+-m\s+)?pip[\d.]*\s+install\s+(.*)$/.exec(line)?.[1];
  if (command === undefined || /[|&><]{2}|[`$]\(/.test(command)) return line;
  const rows: string[] = [];
  const words = command.match(/(?:"[^"]*"|'[^']*'|[^\s"'])+/g) ?? [];
  for (let word = words.shift(); word !== undefined; word = words.shift()) {
    if (fileOptions.test(word)) rows.push(`${word} ${words.shift() ?? ""}`);
    else if (!silentOptions.test(word)) rows.push(word.replace(/^(["'])(.*)\1$/, "$2"));
  }
  // An option that is not known may take the next word as its value.
  const isKnown = rows.every((row) => !row.startsWith("-") || fileOptions.test(row.split(" ")[0] ?? ""));
  return isKnown && rows.length > 0 ? rows.join("\n") : line;
}

/** `name=1.2=py38_0`, as `conda list --export` writes it: the build is conda's own. */
export function condaBuild(line: string): string {
  return line.replace(/^([A-Za-z0-9][\w.-]*)={1,2}(\d[\w.!+]*)=[\w.]+$/, "$1==$2");
}

/** Requirements behind each other: `a, b` or `a==1 b==2`. */
export function oneByOne(line: string): string {
  if (/[;@:#'"/]/.test(line)) return line;
  const clause = "(?:[=<>!~]=?=?\\s*[\\w.*+!]+)";
  const one = `[A-Za-z][\\w.-]*(?:\\[[\\w.,-]+\\])?(?:\\s*${clause}(?:\\s*,\\s*${clause})*)?`;
  const pieces = line.split(/\s*,\s*(?![=<>!~])|(?<=[=<>!~]=[\w.*+!]+)\s+(?=[A-Za-z])/);
  return pieces.length > 1 && pieces.every((piece) => new RegExp(`^${one}$`).test(piece)) ? pieces.join("\n") : line;
}
