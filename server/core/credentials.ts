/** What stands between `//` and the last `@` before a slash: a user name, a password, a token. */
const userInfo = /(?<=\/\/)[^\s/"'`<>]+(?=@)/g;
/** anaconda.org takes a token as a part of the path. */
const token = /(?<=:\/\/[^\s"'`<>]*\/t\/)[\w*-]+(?=\/)/g;

/** A text for people or logs, in which no URL shows its user and password any more. */
export function masked(text: string): string {
  return text.replace(userInfo, "****").replace(token, "****");
}

/** The same with every character of them veiled, so that places in the text stay where they are. */
export function veiled(text: string): string {
  const veil = (secret: string) => "*".repeat(secret.length);
  return text.replace(userInfo, veil).replace(token, veil);
}

/** A URL without user name and password, which still leads to the same place. */
export function withoutCredentials(url: string): string {
  return url.replace(/(?<=^(?:[a-z][a-z0-9+.-]*:)?\/\/)[^\s/]*@/i, "");
}
