// The example project in one window: what is said of its copies, and then its way to production.
import { openWindow } from "../window.ts";
import { windowTests } from "../window-tests.ts";
import { copyOf } from "../workspace.ts";
import { code } from "./parts/code.ts";
import { editing } from "./parts/editing.ts";

const workspace = copyOf("examples/churn");
const settings = {
  "editor.autoIndent": "none",
  // This machine's Python is nothing that these tests are about.
  "groundwork.rules": { "base-environment": "off" },
};

windowTests("example", () => openWindow({ workspace, settings }), {
  editing: (opened) => editing(workspace, opened),
  code: (opened) => code(workspace, opened),
});
