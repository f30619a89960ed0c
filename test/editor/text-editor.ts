// The text editor of a window: what is to be seen in it, and what a person does there.
import type { Locator, Page } from "playwright-core";
import { until } from "./until.ts";

export type Severity = "error" | "warning" | "info" | "hint";

const menuRow = ".action-widget .monaco-list-row.action";

export class TextEditor {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  get element(): Locator {
    return this.#page.locator(".editor-group-container.active .editor-container .monaco-editor").first();
  }

  /** Types at the cursor, without the editor's closing brackets and suggestions in between. */
  async type(text: string): Promise<void> {
    await this.#page.keyboard.insertText(text);
  }

  /** Puts the cursor before a line and column, both counted from 1. */
  async goTo(line: number, column = 1): Promise<void> {
    const input = this.#page.locator(".quick-input-widget:visible");
    await this.#page.keyboard.press("Control+G");
    await input.locator("input.input").fill(`:${line}:${column}`);
    await this.#page.keyboard.press("Enter");
    await input.waitFor({ state: "hidden" });
    await this.#waitForPlace(new RegExp(`Ln ${line}, Col ${column}\\b`));
  }

  /** The status bar tells when the keys have arrived: what is pressed before would go elsewhere. */
  async #waitForPlace(place: RegExp): Promise<void> {
    await this.#page.locator("#status\\.editor\\.selection", { hasText: place }).waitFor();
  }

  /** Clicks into the first place of a text that is to be seen. */
  async click(text: string): Promise<void> {
    const { left, right, y } = await this.#placeOf(text);
    await this.#page.mouse.click((left + right) / 2, y);
  }

  /** Selects the first place of a text, of one line, that is to be seen. */
  async select(text: string): Promise<void> {
    const { left, right, y } = await this.#placeOf(text);
    await this.#page.mouse.move(left, y);
    await this.#page.mouse.down();
    await this.#page.mouse.move(right, y, { steps: 3 });
    await this.#page.mouse.up();
  }

  /** Selects from the start of one line to the start of another, counted from 1. */
  async selectLines(first: number, end: number): Promise<void> {
    await this.goTo(first);
    for (let line = first; line < end; line += 1) await this.#page.keyboard.press("Shift+ArrowDown");
    await this.#waitForPlace(new RegExp(`Ln ${end}, Col 1 \\(`));
  }

  /** Rests the mouse on a text and resolves with what the hover says, once it says all that is `expected`. */
  async hover(text: string, ...expected: readonly string[]): Promise<string> {
    return until(`a hover over "${text}" with "${expected.join('" and "')}"`, async () => {
      const { left, right, y } = await this.#placeOf(text);
      await this.#page.mouse.move(0, 0);
      await this.#page.mouse.move((left + right) / 2, y, { steps: 3 });
      const says = await textSoon(this.#page.locator(".monaco-hover:visible"));
      const hasLoaded = says !== "" && !says.startsWith("Loading");
      return hasLoaded && expected.every((each) => says.includes(each)) ? says : undefined;
    });
  }

  /** Waits until the visible lines have exactly `count` squiggles; without a count, at least one. */
  async waitForSquiggles(severity: Severity, count?: number): Promise<void> {
    const squiggles = this.element.locator(`.squiggly-${severity}`);
    await until(`${count ?? "some"} squiggles of severity ${severity}`, async () => {
      const found = await squiggles.count();
      return (count === undefined ? found > 0 : found === count) || undefined;
    });
  }

  /** The titles of what the light bulb offers at the cursor, once it offers something; `look` sees them on the screen. */
  async quickFixes(look?: () => Promise<void>): Promise<readonly string[]> {
    const titles = await this.#openMenu("ControlOrMeta+.", "");
    await look?.();
    await this.#page.keyboard.press("Escape");
    return titles;
  }

  /** Applies the item with this title from the light bulb's menu at the cursor. */
  async pickQuickFix(title: string): Promise<void> {
    await this.#pickFromMenu("ControlOrMeta+.", title);
  }

  /** The titles of the refactorings at the cursor or selection, once there are some. */
  async refactorings(): Promise<readonly string[]> {
    const titles = await this.#openMenu("Control+Shift+R", "");
    await this.#page.keyboard.press("Escape");
    return titles;
  }

  /** Applies the item with this title from the menu of refactorings at the cursor or selection. */
  async pickRefactoring(title: string): Promise<void> {
    await this.#pickFromMenu("Control+Shift+R", title);
  }

  /** Resolves when the menu of refactorings shows one that is refused, in words that begin so; `look` sees it on the screen. */
  async waitForRefusal(words: string, look: () => Promise<void>): Promise<void> {
    const refused = `${menuRow}.option-disabled`;
    await this.#openMenu("Control+Shift+R", words, { row: refused, isIt: (title) => title.startsWith(words) });
    await look();
    await this.#page.keyboard.press("Escape");
    await this.#page.locator(refused).first().waitFor({ state: "hidden" });
  }

  /** Saves the file and resolves when it is no longer marked as changed. */
  async save(): Promise<void> {
    await this.#page.keyboard.press("ControlOrMeta+S");
    await this.#page.locator(".tab.active:not(.dirty)").waitFor();
  }

  /** The classes that colour the first place of a text; equal classes, equal colour. */
  async colourOf(text: string): Promise<string> {
    const spans = this.element.locator(".view-line > span > span", { hasText: text });
    const classes = (await spans.first().getAttribute("class")) ?? "";
    return classes
      .split(" ")
      .filter((each) => each.startsWith("mtk"))
      .join(" ");
  }

  /** The lines that are to be seen. */
  async visibleText(): Promise<string> {
    const lines = await this.element
      .locator(".view-line")
      .evaluateAll((elements) =>
        elements
          .map((element) => ({ top: element.getBoundingClientRect().top, text: element.textContent ?? "" }))
          .sort((a, b) => a.top - b.top),
      );
    return lines.map((line) => plainSpaces(line.text)).join("\n");
  }

  async waitForText(text: string): Promise<void> {
    await until(`"${text}" in the editor`, async () => (await this.visibleText()).includes(text) || undefined);
  }

  /** The middle of the height and both ends, in pixels, of the first place of a text, once it is to be seen. */
  async #placeOf(text: string): Promise<{ left: number; right: number; y: number }> {
    return until(`"${text}" in the editor`, async () => {
      const places = await placesIn(this.element.locator(".view-line"), text);
      return places.sort((a, b) => a.y - b.y)[0];
    });
  }

  async #pickFromMenu(key: string, title: string): Promise<void> {
    const titles = await this.#openMenu(key, title);
    const rows = this.#page.locator(menuRow);
    await rows.nth(titles.indexOf(title)).click();
    await rows.first().waitFor({ state: "hidden" });
  }

  /** Opens the menu again until it offers the title, because what it offers follows the findings. */
  async #openMenu(key: string, title: string, { row, isIt } = plainRow(title)): Promise<readonly string[]> {
    return until(`"${title}" in the menu of ${key}`, async () => {
      await this.#page.keyboard.press(key);
      const rows = this.#page.locator(row);
      await rows
        .first()
        .waitFor({ timeout: 3000 })
        .catch(() => undefined);
      const titles = (await rows.locator(".title").allInnerTexts()).map((each) => plainSpaces(each).trim());
      const isOffered = titles.some(isIt);
      // Where no menu is open, Escape would take the selection away.
      if (!isOffered && (await this.#page.locator(menuRow).count()) > 0) await this.#page.keyboard.press("Escape");
      return isOffered ? titles : undefined;
    });
  }
}

/** Any row where no title is asked for. */
function plainRow(title: string): { readonly row: string; readonly isIt: (title: string) => boolean } {
  return { row: menuRow, isIt: (each) => title === "" || each === title };
}

/** What is to be read in something that turns up within two seconds, or nothing. */
export async function textSoon(locator: Locator): Promise<string> {
  const first = locator.first();
  await first.waitFor({ timeout: 2000 }).catch(() => undefined);
  return (await locator.allInnerTexts()).join("\n");
}

/** VS Code shows blanks as no-break spaces. */
export function plainSpaces(text: string): string {
  return text.replaceAll("\u00a0", " ");
}

/** Where a text stands in each of these lines that holds it, in pixels, whatever elements its characters are spread over. */
function placesIn(lines: Locator, text: string): Promise<{ left: number; right: number; y: number }[]> {
  return lines.evaluateAll(
    (elements, wanted) =>
      elements.flatMap((element) => {
        const start = (element.textContent ?? "").replaceAll("\u00a0", " ").indexOf(wanted);
        if (start < 0) return [];
        const end = start + wanted.length;
        const range = element.ownerDocument.createRange();
        const onlyText = 4;
        const walker = element.ownerDocument.createTreeWalker(element, onlyText);
        let offset = 0;
        for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
          const next = offset + (node.textContent ?? "").length;
          if (offset <= start && start < next) range.setStart(node, start - offset);
          if (offset < end && end <= next) range.setEnd(node, end - offset);
          offset = next;
        }
        const box = range.getBoundingClientRect();
        return [{ left: box.left, right: box.right, y: (box.top + box.bottom) / 2 }];
      }),
    text,
  );
}
