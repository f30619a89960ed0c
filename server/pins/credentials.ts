import type { Variables } from "../environments/layout.ts";
import { netrcLogin } from "./netrc.ts";

/**
 * A URL without its credentials and, apart from it, the value of the `Authorization` header (RFC 7617) that they make;
 * without any, those of the person's `.netrc` for the host, as pip has it.
 */
export async function apart(
  url: string,
  env: Variables,
): Promise<{ readonly url: string; readonly authorization: string | undefined }> {
  if (!URL.canParse(url)) return { url, authorization: undefined };
  const parsed = new URL(url);
  const { username, password } = parsed;
  if (username === "" && password === "") {
    const login = await netrcLogin(parsed.hostname, env);
    return { url, authorization: login && basic(login.user, login.password) };
  }
  parsed.username = "";
  parsed.password = "";
  return { url: parsed.href, authorization: basic(decodeURIComponent(username), decodeURIComponent(password)) };
}

function basic(user: string, password: string): string {
  return `Basic ${Buffer.from(`${user}:${password}`).toString("base64")}`;
}
