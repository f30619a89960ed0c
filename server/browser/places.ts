import { URI } from "vscode-uri";
import type { Places } from "../lsp/platform.ts";

/** In a browser every URI is a path of the table: its scheme, its authority behind an `@`, and its own path. */
export const places: Places = {
  pathOf(uri) {
    const { scheme, authority, path } = URI.parse(uri);
    return `/${scheme}/@${encodeURIComponent(authority)}${path === "/" ? "" : path.replace(/\/$/, "")}`;
  },
  uriAt(path) {
    const [, scheme = "", authority = "", ...rest] = path.split("/");
    return URI.from({
      scheme,
      authority: decodeURIComponent(authority.slice(1)),
      path: `/${rest.join("/")}`,
    }).toString();
  },
};
