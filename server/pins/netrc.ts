import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { homeOf } from "../environments/executables.ts";
import type { Variables } from "../environments/layout.ts";

/** A user name and a password for one host. */
export interface Login {
  readonly user: string;
  readonly password: string;
}

/**
 * What `.netrc` holds for a host, where pip looks for it: in the file that `NETRC` names, else in `.netrc` or `_netrc`
 * of the person's home. The entry `default` counts for every other host.
 */
export async function netrcLogin(host: string, env: Variables): Promise<Login | undefined> {
  const home = homeOf(env);
  const beside = home === undefined ? [] : [join(home, ".netrc"), join(home, "_netrc")];
  for (const path of env.NETRC ? [env.NETRC] : beside) {
    const text = await readFile(path, "utf8").catch(() => undefined);
    if (text !== undefined) return loginIn(text, host);
  }
  return undefined;
}

/** The login of a host in the text of a `.netrc`; what comes behind something that is none there counts no more. */
export function loginIn(text: string, host: string): Login | undefined {
  const words = wordsIn(text);
  const logins = new Map<string | undefined, Login>();
  for (let word = words.shift(); word !== undefined; word = words.shift()) {
    if (word !== "machine" && word !== "default") break;
    const name = word === "machine" ? words.shift() : undefined;
    const fields = new Map<string, string>();
    while (/^(?:login|user|account|password)$/.test(words[0] ?? ""))
      fields.set(words.shift() ?? "", words.shift() ?? "");
    const user = fields.get("login") ?? fields.get("user") ?? fields.get("account") ?? "";
    logins.set(name, { user, password: fields.get("password") ?? "" });
  }
  return logins.get(host) ?? logins.get(undefined);
}

/** Words end at blanks; quotes and backslashes keep those. Comments go, and macros, which end with an empty line. */
function wordsIn(text: string): string[] {
  const plain = text.replace(/\r\n/g, "\n").replace(/^[ \t]*macdef .*\n(?:.+\n)*(?:\n|$)/gm, "");
  const found = plain.replace(/(^|\s)#.*$/gm, "$1").matchAll(/"((?:[^"\\]|\\.)*)"|((?:[^\s\\]|\\.)+)/gs);
  return [...found].map(([, quoted, bare]) => (quoted ?? bare ?? "").replace(/\\(.)/gs, "$1"));
}
