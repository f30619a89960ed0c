// A package index on the loopback interface (PEP 503, PEP 691) with tiny wheels that are made here.
import { createHash } from "node:crypto";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { zip } from "./zip.ts";

export interface Release {
  readonly version: string;
  readonly requires?: readonly string[];
  readonly requiresPython?: string;
  readonly yanked?: string;
  /** A source archive instead of a wheel; nobody may download it. */
  readonly isSource?: boolean;
}

export interface PackageIndex extends AsyncDisposable {
  /** `http://127.0.0.1:PORT/simple` */
  readonly url: string;
  readonly port: number;
  /** The paths that were asked for. */
  readonly asked: string[];
}

interface ServedFile {
  readonly name: string;
  readonly bytes: Buffer;
  readonly release: Release;
}

/** Serves distributions by name; `password` asks for the user `ana` with it, `html` answers only HTML. */
export async function packageIndex(
  distributions: Readonly<Record<string, readonly Release[]>>,
  options: { readonly password?: string; readonly html?: boolean; readonly status?: number } = {},
): Promise<PackageIndex> {
  const pages = new Map(
    Object.entries(distributions).map(([name, all]) => [name, all.map((one) => fileOf(name, one))]),
  );
  const files = new Map([...pages.values()].flat().map((file) => [file.name, file] as const));
  const asked: string[] = [];
  const allowed = `Basic ${Buffer.from(`ana:${options.password}`).toString("base64")}`;
  const server = createServer((request, response) => {
    const path = decodeURIComponent(request.url ?? "");
    asked.push(path);
    if (options.status !== undefined) return void response.writeHead(options.status).end();
    if (options.password !== undefined && request.headers.authorization !== allowed) {
      return void response.writeHead(401, { "www-authenticate": 'Basic realm="x"' }).end();
    }
    const page = pages.get(/^\/simple\/([^/]+)\/$/.exec(path)?.[1] ?? "");
    const file = files.get(/^\/files\/(.+)$/.exec(path)?.[1] ?? "");
    if (page) sendPage(response, page, options.html !== true && (request.headers.accept ?? "").includes("json"));
    else if (file) response.writeHead(200, { "content-type": "application/octet-stream" }).end(file.bytes);
    else response.writeHead(404).end();
  });
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  const { port } = server.address() as AddressInfo;
  const close = () =>
    new Promise<void>((closed) => {
      server.close(() => closed());
      server.closeAllConnections();
    });
  return { url: `http://127.0.0.1:${port}/simple`, port, asked, [Symbol.asyncDispose]: close };
}

function sendPage(response: ServerResponse, files: readonly ServedFile[], isJson: boolean): void {
  const digest = ({ bytes }: ServedFile) => createHash("sha256").update(bytes).digest("hex");
  if (isJson) {
    const list = files.map((file) => ({
      filename: file.name,
      url: `/files/${file.name}`,
      hashes: { sha256: digest(file) },
      yanked: file.release.yanked ?? false,
      ...(file.release.requiresPython === undefined ? {} : { "requires-python": file.release.requiresPython }),
    }));
    const type = "application/vnd.pypi.simple.v1+json";
    response
      .writeHead(200, { "content-type": type })
      .end(JSON.stringify({ meta: { "api-version": "1.0" }, files: list }));
    return;
  }
  const links = files.map((file) => {
    const { requiresPython, yanked } = file.release;
    const requires =
      requiresPython === undefined
        ? ""
        : ` data-requires-python="${requiresPython.replaceAll(">", "&gt;").replaceAll("<", "&lt;")}"`;
    const withdrawn = yanked === undefined ? "" : ` data-yanked="${yanked}"`;
    return `<a href="/files/${file.name}#sha256=${digest(file)}"${requires}${withdrawn}>${file.name}</a>`;
  });
  response
    .writeHead(200, { "content-type": "text/html" })
    .end(`<!DOCTYPE html><html><body>${links.join("\n")}</body></html>`);
}

function fileOf(name: string, release: Release): ServedFile {
  const { version, isSource, requires = [], requiresPython } = release;
  if (isSource) return { name: `${name}-${version}.tar.gz`, bytes: Buffer.from("no archive"), release };
  const stem = `${name.replaceAll("-", "_")}-${version}`;
  const metadata = [
    "Metadata-Version: 2.1",
    `Name: ${name}`,
    `Version: ${version}`,
    ...(requiresPython === undefined ? [] : [`Requires-Python: ${requiresPython}`]),
    ...requires.map((each) => `Requires-Dist: ${each}`),
    "",
  ].join("\n");
  const bytes = zip({
    [`${stem}.dist-info/METADATA`]: metadata,
    [`${stem}.dist-info/WHEEL`]: "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    [`${stem}.dist-info/RECORD`]: `${stem}.dist-info/METADATA,,\n${stem}.dist-info/WHEEL,,\n${stem}.dist-info/RECORD,,\n`,
  });
  return { name: `${stem}-py3-none-any.whl`, bytes, release };
}
