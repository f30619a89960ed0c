/** A URL and, apart from it, the value of the `Authorization` header that its credentials make (RFC 7617). */
export function apart(url: string): { readonly url: string; readonly authorization: string | undefined } {
  if (!URL.canParse(url)) return { url, authorization: undefined };
  const parsed = new URL(url);
  const { username, password } = parsed;
  if (username === "" && password === "") return { url, authorization: undefined };
  parsed.username = "";
  parsed.password = "";
  const pair = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return { url: parsed.href, authorization: `Basic ${Buffer.from(pair).toString("base64")}` };
}
