// What the marketplaces and the editor are told of the extension.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { suite, test } from "node:test";

const read = (name: string) => readFileSync(new URL(`../${name}`, import.meta.url));
const manifest: Manifest = JSON.parse(read("package.json").toString());
const { commands, menus } = manifest.contributes;

suite("the manifest", () => {
  test("has what the marketplaces show: a picture that they take, a banner, categories they know, and words to be found by", () => {
    const icon = read(manifest.icon);
    assert.equal(icon.subarray(1, 4).toString(), "PNG");
    // The head of a PNG: width and height.
    assert.deepEqual([icon.readUInt32BE(16), icon.readUInt32BE(20)], [256, 256]);
    assert.match(manifest.galleryBanner.color, /^#[0-9a-f]{6}$/);
    const known = ["Linters", "Programming Languages", "Machine Learning", "Data Science", "Notebooks"];
    assert.deepEqual(manifest.categories, known);
    assert.ok(manifest.keywords.length > 5 && manifest.keywords.length <= 30);
  });

  test("wakes the extension for its languages and projects, and for nothing else", () => {
    assert.deepEqual(
      manifest.activationEvents.filter(
        (event) =>
          !/^(?:onLanguage:(?:python|pip-requirements)|workspaceContains:[^*]*\*\*\/requirements\.txt)$/.test(event),
      ),
      [],
    );
  });

  test("puts every command under Groundwork, and offers those that need a folder or a program only where there is one", () => {
    const inPalette = new Map(menus.commandPalette.map(({ command, when }) => [command, when]));
    for (const { command, category, enablement = "" } of commands) {
      assert.equal(category, "Groundwork", command);
      const isForProject = /mark|stage|ruff|scaffold|promote|record|report|create|registerKernel/i.test(command);
      const isHidden = inPalette.get(command) === "false" || /refresh/.test(command);
      if (isForProject && !isHidden) assert.match(enablement, /workspaceFolderCount > 0/, command);
      if (/environment|kernel|install|pin/i.test(command))
        assert.match(enablement, /isWorkspaceTrusted && !virtualWorkspace/, command);
    }
  });

  test("offers no menu entry of a command that is none", () => {
    const known = new Set(commands.map(({ command }) => command));
    const used = Object.values(menus).flatMap((entries) => entries.flatMap(({ command }) => command ?? []));
    assert.deepEqual(
      used.filter((command) => !known.has(command)),
      [],
    );
  });
});

interface Manifest {
  readonly icon: string;
  readonly galleryBanner: { readonly color: string };
  readonly categories: readonly string[];
  readonly keywords: readonly string[];
  readonly activationEvents: readonly string[];
  readonly contributes: {
    readonly commands: readonly { readonly command: string; readonly category: string; readonly enablement?: string }[];
    readonly menus: Readonly<Record<string, readonly { readonly command?: string; readonly when?: string }[]>> & {
      readonly commandPalette: readonly { readonly command: string; readonly when: string }[];
    };
  };
}
