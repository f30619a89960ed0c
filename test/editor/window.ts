// A VS Code window which a test drives as a person would: with keys, the mouse and what is to be seen.
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Locator, Page } from "playwright-core";
import { repositoryRoot } from "../../scripts/editor-host.ts";
import { type Editor, type EditorOptions, runEditorCommand, startEditor } from "../../scripts/editor-server.ts";
import { openPage } from "./browser.ts";
import { plainSpaces, TextEditor, textSoon } from "./text-editor.ts";
import { patience, until } from "./until.ts";

export interface WindowOptions {
  /** The folder, or `.code-workspace` file, that the window shows. It is used as it is: give a copy where the test writes. */
  readonly workspace: string;
  readonly settings?: Readonly<Record<string, unknown>>;
  /** The display language, such as `pt-br`. */
  readonly locale?: string;
  /** A folder with an extension under development, or a `.vsix` file to install first; this repository by default. */
  readonly extension?: string;
  /** The folders of further extensions, which stand in for others. */
  readonly standIns?: readonly string[];
  /** A bundle that runs inside the extension host instead of a person in front of the window. */
  readonly extensionTestsPath?: string;
  readonly environment?: NodeJS.ProcessEnv;
  /** The window begins in Restricted Mode, without the question whether the workspace is trusted. */
  readonly isRestricted?: boolean;
  /** Called before the page loads. */
  readonly prepare?: (page: Page) => Promise<void>;
}

export const artifactsFolder = join(repositoryRoot, "test/editor/artifacts");

/** What would distract a test: windows, sounds and calls which have nothing to do with the extension. */
export const quietSettings = {
  "chat.disableAIFeatures": true,
  "workbench.secondarySideBar.defaultVisibility": "hidden",
  "workbench.colorTheme": "Default Light Modern",
  "workbench.preferredLightColorTheme": "Default Light Modern",
  "workbench.preferredDarkColorTheme": "Default Dark Modern",
  "workbench.startupEditor": "none",
  "workbench.welcomePage.walkthroughs.openOnInstall": false,
  "workbench.tips.enabled": false,
  "workbench.reduceMotion": "on",
  "workbench.editor.useModal": "off",
  "editor.minimap.enabled": false,
  "editor.hover.delay": 100,
  "editor.cursorBlinking": "solid",
  "extensions.ignoreRecommendations": true,
  "extensions.autoCheckUpdates": false,
  "extensions.autoUpdate": false,
  "telemetry.telemetryLevel": "off",
  // An extension host more, in the browser, which has nothing to run.
  "extensions.webWorker": false,
  "git.enabled": false,
  "files.autoSave": "off",
};

/** The command palette takes ten times as much of the machine as a key; so what is only on the way has one. */
const keys = { dismiss: "Control+Alt+F11", theme: "Control+Alt+F12" };
const keybindings = [
  { key: "ctrl+alt+f11", command: "notifications.clearAll" },
  { key: "ctrl+alt+f12", command: "workbench.action.toggleLightDarkThemes" },
];

/** What the tests look at; starting the other ninety takes a quarter of what a window costs. */
const neededBuiltIn = [
  ...["ipynb", "json", "notebook-renderers", "python", "theme-defaults", "theme-seti"],
  ...["markdown-basics", "markdown-language-features"],
];

/** The question comes in front of everything. */
const withoutQuestion = { "security.workspace.trust.startupPrompt": "never" };

/** Painting them takes a fifth of what the tests need of the machine. */
const withoutAnimations = `document.addEventListener("DOMContentLoaded", () => {
  const style = document.createElement("style");
  style.textContent = "*, *::before, *::after { animation: none !important; transition: none !important; }";
  document.head.append(style);
});`;

/** Starts a server of its own, and resolves when the window can be used. */
export async function openWindow(options: WindowOptions): Promise<EditorWindow> {
  const folder = mkdtempSync(join(tmpdir(), "groundwork-window-"));
  const editorOptions = editorOptionsOf(options, folder);
  const { extension = repositoryRoot, extensionTestsPath } = options;
  if (extension.endsWith(".vsix")) await runEditorCommand(editorOptions, ["--install-extension", extension]);
  const server = await startEditor(editorOptions);
  const suite = extensionTestsPath && { extensionDevelopmentPath: extension, extensionTestsPath };
  const addressOf = (workspace: string) => server.addressOf(workspace, suite || undefined);
  return openAt(folder, options, { addressOf, close: server.close });
}

/** Shows a server's workspace in a page; the window takes the server and the folder with it when it is closed. */
export async function openAt(
  folder: string,
  options: Pick<WindowOptions, "locale" | "prepare" | "workspace">,
  server: Pick<Editor, "addressOf" | "close">,
): Promise<EditorWindow> {
  const page = await openPage(options.locale ?? "en");
  page.setDefaultTimeout(patience);
  await page.addInitScript(withoutAnimations);
  await options.prepare?.(page);
  const window = new EditorWindow(page, folder, server);
  await window.show(options.workspace);
  return window;
}

function editorOptionsOf(options: WindowOptions, folder: string): EditorOptions {
  const { extension = repositoryRoot, extensionTestsPath, locale, environment, isRestricted = false } = options;
  const isInstalled = extension.endsWith(".vsix") || extensionTestsPath !== undefined;
  return {
    dataFolder: join(folder, "data"),
    extensionsFolder: join(folder, "extensions"),
    settings: { ...quietSettings, ...(isRestricted && withoutQuestion), ...options.settings },
    keybindings,
    keepsTrust: isRestricted,
    audience: extensionTestsPath === undefined ? "test" : "test inside the extension host",
    // The package is shown as people have it, beside everything else.
    ...(extension.endsWith(".vsix") ? {} : { builtIn: neededBuiltIn }),
    extensions: [...(isInstalled ? [] : [extension]), ...(options.standIns ?? [])],
    ...(locale === undefined ? {} : { locale }),
    ...(environment === undefined ? {} : { environment }),
  };
}

export class EditorWindow implements AsyncDisposable {
  readonly page: Page;
  /** The text editor in the active group. */
  readonly editor: TextEditor;
  /** Holds the settings, the installed extensions and the logs of the window's editor. */
  readonly folder: string;
  readonly #server: Pick<Editor, "addressOf" | "close">;

  constructor(page: Page, folder: string, server: Pick<Editor, "addressOf" | "close">) {
    this.page = page;
    this.editor = new TextEditor(page);
    this.folder = folder;
    this.#server = server;
  }

  async close(): Promise<void> {
    await this.page.context().close();
    await this.#server.close();
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 5 });
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  /** Shows a folder, or `.code-workspace` file, instead of the one before, of which the editor then knows nothing. */
  async show(workspace: string): Promise<void> {
    const address = this.#server.addressOf(workspace);
    await this.page.goto("about:blank");
    const session = await this.page.context().newCDPSession(this.page);
    const origin = new URL(address).origin;
    await session.send("Storage.clearDataForOrigin", { origin, storageTypes: "indexeddb,local_storage" });
    await session.detach();
    await this.page.goto(address);
    await this.page.locator(".monaco-workbench .part.statusbar").waitFor();
  }

  /** Opens a file of the workspace's top folder by a click in the explorer. */
  async openFile(name: string): Promise<void> {
    const explorer = this.page.locator(".explorer-folders-view");
    if (!(await explorer.isVisible())) await this.page.keyboard.press("ControlOrMeta+Shift+E");
    const tab = this.page.locator(`.tab.active[data-resource-name="${name}"]`);
    const label = this.page.locator(".label-name", { hasText: wholeLabel(name) });
    await this.page.locator(".explorer-folders-view .monaco-list-row", { has: label }).first().dblclick();
    await tab.waitFor();
    await this.editor.element.waitFor();
  }

  /** Runs a command by its whole title, such as `Groundwork: Show Logs`, through the command palette. */
  async runCommand(title: string): Promise<void> {
    await this.#pickFrom("F1", `>${title}`, title);
  }

  /** The titles which the command palette offers for a query. */
  async commandsFor(query: string): Promise<readonly string[]> {
    await this.#ask("F1", `>${query}`);
    const titles = await this.choices();
    await this.page.keyboard.press("Escape");
    return titles;
  }

  /** The labels of the quick pick that is open. */
  async choices(): Promise<readonly string[]> {
    const rows = this.quickInput.locator(".monaco-list-row");
    const labels = await rows.evaluateAll((elements) =>
      elements.map((element) => element.querySelector(".label-name")?.textContent ?? ""),
    );
    return labels.map(plainSpaces);
  }

  /** Chooses the row with this label in the quick pick that is open, or that opens soon. */
  async pick(label: string): Promise<void> {
    await until(`the choice "${label}"`, () => this.#clickChoice(label));
  }

  /** Answers the input box that is open, or that opens soon, whose words hold `question`. */
  async answer(question: string, text: string): Promise<void> {
    const input = this.quickInput.locator("input.input");
    await until(`the question "${question}"`, async () => {
      const words = await this.quickInput.allInnerTexts();
      const hints = await input.evaluateAll((inputs) => inputs.map((each) => each.getAttribute("placeholder") ?? ""));
      return plainSpaces([...words, ...hints].join(" ")).includes(question) || undefined;
    });
    await input.fill(text);
    await this.page.keyboard.press("Enter");
  }

  /** The notifications that are to be seen. */
  async notifications(): Promise<readonly string[]> {
    return this.page.locator(".notifications-toasts .notification-list-item-message").allInnerTexts();
  }

  /** Resolves with the notification that holds `text`, once there is one. */
  async waitForNotification(text: string): Promise<string> {
    return until(`a notification with "${text}"`, async () => {
      const messages = await this.notifications();
      return messages.find((message) => message.includes(text));
    });
  }

  async pressNotificationButton(label: string): Promise<void> {
    await this.page.locator(".notifications-toasts").getByRole("button", { name: label, exact: true }).click();
  }

  /** Chooses an item of the context menu of a file in the explorer. A menu takes no click in its first moments. */
  async pickInExplorer(file: string, item: string): Promise<void> {
    const row = this.page.locator(".explorer-folders-view .monaco-list-row", { hasText: file }).first();
    await row.click({ button: "right" });
    const entry = this.page.locator(".monaco-menu .action-item", { hasText: item }).first();
    await entry.waitFor();
    await until(`the menu's "${item}"`, async () => {
      if (!(await entry.isVisible())) return true;
      await entry.click({ timeout: 1000 }).catch(() => undefined);
      return undefined;
    });
  }

  /** Presses a button at the right end of the tabs. */
  async pressTitleButton(label: string): Promise<void> {
    await this.page
      .locator(".editor-group-container.active .editor-actions")
      .getByRole("button", { name: label })
      .click();
  }

  async dismissNotifications(): Promise<void> {
    const toast = this.page.locator(".notifications-toasts .notification-list-item").first();
    // One that comes while the others go stays, and goes the next time.
    await until("no notification", async () => {
      await this.page.keyboard.press(keys.dismiss);
      return toast.waitFor({ state: "detached", timeout: 3000 }).then(
        () => true,
        () => undefined,
      );
    });
  }

  /** Shows the window in the dark theme when it is light, and the other way around. */
  async toggleTheme(): Promise<void> {
    const workbench = this.page.locator(".monaco-workbench");
    const isDark = await workbench.evaluate((element) => element.classList.contains("vs-dark"));
    const other = this.page.locator(`.monaco-workbench${isDark ? ".vs" : ".vs-dark"}`);
    // The keys of the user are read some time after the window is there.
    await until("the other theme", async () => {
      if ((await other.count()) === 0) await this.page.keyboard.press(keys.theme);
      return other.waitFor({ timeout: 5000 }).then(
        () => true,
        () => undefined,
      );
    });
  }

  /** The texts of the status bar, from left to right. */
  async statusBar(): Promise<readonly string[]> {
    const items = await this.page
      .locator(".part.statusbar .statusbar-item")
      .evaluateAll((elements) =>
        elements
          .map((element) => ({ left: element.getBoundingClientRect().left, text: element.textContent ?? "" }))
          .sort((a, b) => a.left - b.left),
      );
    return items.map((item) => plainSpaces(item.text).trim()).filter((item) => item !== "");
  }

  /** What the language status of the active editor says, once it says `expected`. */
  async languageStatus(expected = ""): Promise<string> {
    return until(`a language status with "${expected}"`, async () => {
      await this.page.mouse.move(0, 0);
      await this.page.locator("#status\\.languageStatus").hover();
      const says = await textSoon(this.page.locator(".hover-language-status"));
      return says !== "" && says.includes(expected) ? says : undefined;
    });
  }

  /** The rows of the Problems panel, files and problems alike, once one of them holds `expected`. */
  async problems(expected = ""): Promise<readonly string[]> {
    await this.runCommand("Problems: Focus on Problems View");
    const rows = this.page.locator(".markers-panel-container .monaco-list-row");
    return until(`a problem with "${expected}"`, async () => {
      const texts = (await rows.allInnerTexts()).map((text) => text.replaceAll(/\s+/g, " ").trim());
      return texts.some((text) => text.includes(expected)) ? texts : undefined;
    });
  }

  /** Writes artifacts/NAME.png. */
  async screenshot(name: string): Promise<void> {
    mkdirSync(artifactsFolder, { recursive: true });
    await this.page.screenshot({ path: join(artifactsFolder, `${name}.png`) });
  }

  /** For `afterEach`: keeps a picture and the logs of a test that failed. */
  async keepEvidence(context: { readonly name: string; readonly passed?: boolean }): Promise<void> {
    if (context.passed) return;
    const name = `failed-${context.name.replaceAll(/\W+/g, "-")}`;
    await this.screenshot(name);
    // What was told and is hidden by now often says why.
    await this.runCommand("Notifications: Show Notifications").catch(() => undefined);
    await this.screenshot(`${name}-notifications`);
    // While the list is shown, nothing new turns up outside of it: the tests behind this one would fail, too.
    await this.page.keyboard.press("Escape");
    const logs = join(this.folder, "data/data/logs");
    if (existsSync(logs)) cpSync(logs, join(artifactsFolder, `${name}-logs`), { recursive: true });
  }

  get quickInput(): Locator {
    return this.page.locator(".quick-input-widget:visible");
  }

  /** Asks again until the label is there: commands and files turn up only when the extension host is ready. */
  async #pickFrom(key: string, query: string, label: string): Promise<void> {
    await until(`"${label}" in the list of ${key}`, async () => {
      await this.#ask(key, query);
      const picked = await this.#clickChoice(label);
      if (picked === undefined) await this.page.keyboard.press("Escape");
      return picked;
    });
  }

  /** Opens a quick pick with a key, types the query, and waits a little for rows, of which there may be none. */
  async #ask(key: string, query: string): Promise<void> {
    await this.page.keyboard.press(key);
    await this.quickInput
      .locator("input.input")
      .fill(query, { timeout: 2000 })
      .catch(() => undefined);
    const first = this.quickInput.locator(".monaco-list-row").first();
    await first.waitFor({ timeout: 2000 }).catch(() => undefined);
  }

  /**
   * A click that was late may have counted, so that it is waited for rather than made again. The mouse goes away first:
   * where it rests from the last choice, a tooltip would cover the rows below.
   */
  async #clickChoice(label: string): Promise<true | undefined> {
    const name = this.page.locator(".label-name", { hasText: wholeLabel(label) });
    const row = this.quickInput.locator(".monaco-list-row", { has: name }).first();
    if ((await row.count()) === 0) return undefined;
    await this.page.mouse.move(0, 0);
    return row.click({ timeout: patience / 4 }).then(
      () => true,
      () => undefined,
    );
  }
}

/** Matches a label and nothing more; VS Code shows some blanks as no-break spaces. */
function wholeLabel(label: string): RegExp {
  const words = label.split(" ").map((word) => word.replaceAll(/[^\w]/g, "\\$&"));
  return new RegExp(`^\\s*${words.join("\\s")}\\s*$`);
}
