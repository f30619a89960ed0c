import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { test } from "node:test";
import { loginIn } from "../server/pins/netrc.ts";

const files = [
  "machine host login ana password s3cret\n",
  "machine\thost\n  login ana\n  password s3cret\n",
  "# machine host login old password gone\nmachine host login ana password s3cret # mine\n",
  "machine other login x password y\ndefault login ana password s3cret\n",
  "default login x password y\nmachine host login ana password s3cret\n",
  'machine host login "ana maria" password "a\\"b\\\\c#d"\n',
  "machine host login ana password a\\ b\\#c#d\n",
  "macdef init\nmachine host login not this\nbye\n\nmachine host login ana password s3cret\n",
  "machine host user ana account dept password s3cret\n",
  "machine host account dept password s3cret\n",
  "machine host password s3cret\n",
  "machine host login a password b\nmachine host login ana password s3cret\n",
  "machine other login ana password s3cret\n",
  "",
];

/** What Python says, as requests asks it. */
const program = `
import json, netrc, sys, tempfile
answers = []
for text in json.load(sys.stdin):
    with tempfile.NamedTemporaryFile("w", suffix="netrc") as file:
        file.write(text)
        file.flush()
        found = netrc.netrc(file.name).authenticators("host")
        answers.append(found and [found[0] or found[1], found[2]])
print(json.dumps(answers))
`;

test("reads .netrc as Python does", (context) => {
  const python = spawnSync("python3", ["-I", "-c", program], { input: JSON.stringify(files), encoding: "utf8" });
  if (python.error) return context.skip("python3 is not on this machine");
  assert.equal(python.status, 0, python.stderr);
  const expected: unknown = JSON.parse(python.stdout);
  const ours = files.map((text) => {
    const login = loginIn(text, "host");
    return login ? [login.user, login.password] : null;
  });
  assert.deepEqual(ours, expected);
});
