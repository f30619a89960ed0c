// A package index on the loopback interface (PEP 503, PEP 691) with tiny wheels that are made here.
import { createHash } from "node:crypto";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { crc32 } from "node:zlib";

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

/** A ZIP archive of stored files (APPNOTE 4.3), dated 1980-01-01. */
function zip(files: Readonly<Record<string, string>>): Buffer {
  const local: Buffer[] = [];
  const central: Buffer[] = [];
  let offset = 0;
  for (const [path, text] of Object.entries(files)) {
    const name = Buffer.from(path);
    const data = Buffer.from(text);
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(0x21, 8);
    common.writeUInt32LE(crc32(data), 10);
    common.writeUInt32LE(data.length, 14);
    common.writeUInt32LE(data.length, 18);
    common.writeUInt16LE(name.length, 22);
    const place = Buffer.alloc(14);
    place.writeUInt32LE(offset, 10);
    const entry = Buffer.concat([Buffer.from("PK\x03\x04"), common, name, data]);
    central.push(Buffer.from("PK\x01\x02\x14\x00", "latin1"), common, place, name);
    local.push(entry);
    offset += entry.length;
  }
  const directory = Buffer.concat(central);
  const end = Buffer.alloc(18);
  const count = Object.keys(files).length;
  end.writeUInt16LE(count, 4);
  end.writeUInt16LE(count, 6);
  end.writeUInt32LE(directory.length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...local, directory, Buffer.from("PK\x05\x06"), end]);
}
