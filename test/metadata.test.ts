// What an installed distribution says of itself, read from its files.
import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { readEnvironment } from "../server/environments/environment.ts";
import { InstalledMetadata, readMetadata } from "../server/environments/metadata.ts";
import { grammars } from "./grammars.ts";
import { type Installed, virtualEnvironment } from "./installed.ts";
import { folderWith } from "./lsp-client.ts";

await grammars();

async function environmentWith(installed: Record<string, Installed>, files: Record<string, string> = {}) {
  const folder = folderWith({ ...virtualEnvironment(installed), ...files });
  const environment = await readEnvironment(join(folder.root, ".venv"));
  assert.ok(environment);
  return { environment, [Symbol.dispose]: folder.dispose };
}

test("headers, folded ones too, and nothing of the description", async () => {
  using place = await environmentWith({
    "foo-bar": {
      version: "1.0",
      headers: [
        "Summary: First line",
        "  goes on",
        "Home-page: UNKNOWN",
        "Project-URL: Documentation, https://docs.example/",
        "Project-URL: Home Page, https://home.example/",
        "Requires-Dist: numpy (>=1.0)",
        "Provides-Extra: fast",
      ],
    },
  });
  assert.deepEqual(await readMetadata(place.environment, "Foo.Bar"), {
    name: "foo-bar",
    version: "1.0",
    summary: "First line goes on",
    page: "https://home.example/",
    requires: ["numpy (>=1.0)"],
    extras: ["fast"],
  });
});

test("what is not installed, pip's debris, and a name that only begins alike are nothing", async () => {
  using place = await environmentWith(
    { "foo-bar": { version: "1.0" } },
    { ".venv/lib/python3.11/site-packages/~ip-1.0.dist-info/METADATA": "Name: pip\nVersion: 1.0\n\n" },
  );
  for (const name of ["foo", "foo-bar-baz", "pip", "~ip", "../foo"]) {
    assert.equal(await readMetadata(place.environment, name), undefined, name);
  }
});

test("legacy metadata of setuptools and distutils", async () => {
  const site = ".venv/lib/python3.11/site-packages";
  using place = await environmentWith(
    {},
    {
      [`${site}/old_one-0.9-py3.11.egg-info/PKG-INFO`]: "Name: old-one\nVersion: 0.9\nSummary: Old\n\n",
      [`${site}/older-0.1.egg-info`]: "Name: older\nVersion: 0.1\nSummary: UNKNOWN\n",
    },
  );
  assert.equal((await readMetadata(place.environment, "old_one"))?.summary, "Old");
  const older = await readMetadata(place.environment, "older");
  assert.deepEqual([older?.version, older?.summary, older?.page], ["0.1", undefined, undefined]);
});

test("who requires a distribution: by any spelling, where the marker holds, extras left out", async () => {
  using place = await environmentWith({
    "my-lib": { version: "1" },
    zeta: { version: "1", headers: ["Requires-Dist: My_Lib[x]>=1"] },
    alpha: { version: "1", headers: ["Requires-Dist: my.lib ; python_version >= '3.8'"] },
    old: { version: "1", headers: ["Requires-Dist: my-lib ; python_version < '3'"] },
    optional: { version: "1", headers: ["Requires-Dist: my-lib ; extra == 'fast'"] },
    other: { version: "1", headers: ["Requires-Dist: my-library"] },
  });
  const metadata = new InstalledMetadata();
  assert.deepEqual(await metadata.requirersOf(place.environment, "MY-lib"), ["alpha", "zeta"]);
  assert.equal(await metadata.of(place.environment, "absent"), undefined);
});
