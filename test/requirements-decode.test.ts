import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { decodeRequirements, encodeRequirements } from "../server/requirements/decode.ts";

function bytes(...parts: readonly (string | readonly number[])[]): Uint8Array {
  return Buffer.concat(
    parts.map((part) => (typeof part === "string" ? Buffer.from(part, "latin1") : Buffer.from(part))),
  );
}

const cases: readonly { name: string; bytes: Uint8Array; encoding: string; text: string; guessed?: boolean }[] = [
  { name: "plain", bytes: bytes("numpy\n"), encoding: "utf-8", text: "numpy\n" },
  { name: "UTF-8 with BOM", bytes: bytes([0xef, 0xbb, 0xbf], "a"), encoding: "utf-8-sig", text: "a" },
  { name: "two BOMs", bytes: bytes([0xef, 0xbb, 0xbf, 0xef, 0xbb, 0xbf], "a"), encoding: "utf-8-sig", text: "\ufeffa" },
  { name: "PowerShell", bytes: bytes([0xff, 0xfe], "a\0\r\0\n\0"), encoding: "utf-16-le", text: "a\r\n" },
  { name: "UTF-16-BE", bytes: bytes([0xfe, 0xff], "\0a"), encoding: "utf-16-be", text: "a" },
  { name: "UTF-32-LE", bytes: bytes([0xff, 0xfe, 0, 0], "a\0\0\0"), encoding: "utf-32-le", text: "a" },
  { name: "UTF-32-BE", bytes: bytes([0, 0, 0xfe, 0xff], "\0\0\0a"), encoding: "utf-32-be", text: "a" },
  { name: "declared", bytes: bytes("# coding: cp1252\n# \x80"), encoding: "cp1252", text: "# coding: cp1252\n# €" },
  {
    name: "declared second",
    bytes: bytes("#\n# -*- coding: latin-1 -*-\n# \xe9"),
    encoding: "latin-1",
    text: "#\n# -*- coding: latin-1 -*-\n# é",
  },
  {
    name: "declared too late",
    bytes: bytes("#\n#\n# coding: cp1252\n"),
    encoding: "utf-8",
    text: "#\n#\n# coding: cp1252\n",
  },
  { name: "no comment", bytes: bytes("a # coding: cp1252\n"), encoding: "utf-8", text: "a # coding: cp1252\n" },
  { name: "fallback", bytes: bytes("a # caf\xe9\n"), encoding: "latin-1", text: "a # café\n", guessed: true },
];

for (const { name, bytes: data, encoding, text, guessed = false } of cases) {
  test(`decodes and writes back: ${name}`, () => {
    const decoded = decodeRequirements(data);
    assert.ok(!("error" in decoded));
    assert.deepEqual({ ...decoded }, { text, encoding, bom: decoded.bom, guessed });
    assert.deepEqual(encodeRequirements(decoded.text, decoded.encoding, decoded.bom), new Uint8Array(data));
  });
}

for (const [name, data] of [
  ["odd UTF-16", bytes([0xff, 0xfe], "a\0b")],
  ["lone surrogate", bytes([0xff, 0xfe, 0x00, 0xd8])],
  ["unknown encoding", bytes("# coding: klingon\n")],
  ["false ASCII", bytes("# coding: ascii\n\xe9")],
  ["false UTF-8", bytes("# coding: utf-8\n\xe9")],
  ["BOM and broken UTF-8", bytes([0xef, 0xbb, 0xbf, 0xe9])],
] as const) {
  test(`says what it cannot decode: ${name}`, () => assert.ok("error" in decodeRequirements(data)));
}

test("refuses to write what the encoding cannot hold", () => {
  assert.equal(encodeRequirements("# €", "latin-1", false), undefined);
  assert.equal(encodeRequirements("# é", "ascii", false), undefined);
  assert.equal(encodeRequirements("a", "klingon", false), undefined);
  assert.equal(encodeRequirements("\ud800", "utf-8", false), undefined);
});

test("every text survives in every Unicode encoding", () => {
  const encodings = ["utf-8", "utf-8-sig", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"];
  // A NUL first would make the mark of UTF-16-LE that of UTF-32-LE.
  // As fast-check's own unit `binary`, which first makes a table of all of them.
  const unit = fc
    .oneof(fc.integer({ min: 0, max: 0xd7ff }), fc.integer({ min: 0xe000, max: 0x10ffff }))
    .map((code) => String.fromCodePoint(code));
  const texts = fc.string({ unit }).map((text) => text.replace(/[\ufeff\0]/g, ""));
  fc.assert(
    fc.property(texts, fc.constantFrom(...encodings), (text, encoding) => {
      const marked = encoding !== "utf-8";
      const data = encodeRequirements(text, encoding, marked);
      assert.ok(data);
      assert.deepEqual({ ...decodeRequirements(data) }, { text, encoding, bom: marked, guessed: false });
    }),
    { seed: 1 },
  );
});
