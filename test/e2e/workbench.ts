import { mkdirSync } from 'node:fs';
import * as path from 'node:path';
import type { Locator, Page } from 'playwright-core';

const PALETTE_MS = 3000;
const PALETTE_ATTEMPTS = 5;
const START_MS = 60_000;
/** A progress bar never ends. In text, since it runs in the page. */
const ANIMATIONS_ENDED = `document.getAnimations().every(
  ({ playState, effect }) => playState !== 'running' || effect.getComputedTiming().endTime === Infinity)`;
const SCREENSHOTS = path.resolve('test-output', 'screenshots');

/** VS Code's workbench as a person uses it: keys, clicks and what can be read on the screen. */
export class Workbench {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  async open(url: string): Promise<void> {
    await this.#page.goto(url);
    await this.#page.locator('.monaco-workbench .statusbar').waitFor({ timeout: START_MS });
  }

  /** Waits until the extension is there. */
  async ready(): Promise<void> {
    await this.status().waitFor({ timeout: START_MS });
  }

  async reload(): Promise<void> {
    await this.#page.reload();
    await this.ready();
  }

  /** A button of a view's welcome text. */
  welcomeButton(text: string): Locator {
    return this.#page.locator('.welcome-view-content .monaco-button', { hasText: text });
  }

  /** What the palette offers for a text, best first. */
  async findCommands(text: string): Promise<readonly string[]> {
    await this.#search(text);
    await this.#page.locator('.quick-input-list .monaco-list-row.focused').waitFor();
    const found = await this.#page.locator('.quick-input-list .monaco-list-row').allTextContents();
    await this.#page.keyboard.press('Escape');
    return found;
  }

  /** Runs a command as it is found in the palette. */
  async runCommand(title: string): Promise<void> {
    await this.#search(title);
    // Others may stand before it, with more words of their own.
    await this.pickRows().filter({ hasText: title }).first().waitFor();
    await this.chooseRow(title);
  }

  /** Types into the input box that a command has opened. */
  async answer(title: string, text: string): Promise<void> {
    await this.#page.locator('.quick-input-title', { hasText: title }).waitFor();
    await this.#quickInput().fill(text);
    await this.#page.keyboard.press('Enter');
  }

  async storeKey(key: string): Promise<void> {
    await this.runCommand('Airlock: Set API Key');
    await this.answer('API key for anthropic', key);
    await this.statusText('key stored for anthropic').waitFor();
  }

  /** Trusts the open folder, in the editor's own page for it. */
  async trust(): Promise<void> {
    await this.runCommand('Workspaces: Manage Workspace Trust');
    await this.#page.locator('.workspace-trust-editor .monaco-button', { hasText: /^Trust$/ }).click();
  }

  /** Opens a file of the workspace by its name and waits until keys go to it. */
  async openFile(name: string): Promise<void> {
    await this.#page.keyboard.press('Control+p');
    await this.#quickInput().fill(name);
    await this.#page.locator('.quick-input-list .monaco-list-row.focused', { hasText: name }).waitFor();
    await this.#page.keyboard.press('Enter');
    await this.activeTab().getByText(name).waitFor();
    await this.#page.locator('.editor-instance .monaco-editor.focused').waitFor();
  }

  async isEditorFocused(): Promise<boolean> {
    return (await this.#page.locator('.editor-instance .monaco-editor.focused').count()) > 0;
  }

  /** What a list that is open offers. */
  pickRows(): Locator {
    return this.#page.locator('.quick-input-widget:not(.hidden) .quick-input-list .monaco-list-row');
  }

  /** By keyboard: goes to the row and accepts it. */
  async chooseRow(text: string): Promise<void> {
    const chosen = this.#page.locator('.quick-input-list .monaco-list-row.focused', { hasText: text });
    for (let rows = await this.pickRows().count(); rows > 0 && (await chosen.count()) === 0; rows -= 1) {
      await this.#page.keyboard.press('ArrowDown');
    }
    await chosen.waitFor();
    await this.#page.keyboard.press('Enter');
  }

  inputBox(title: string): Locator {
    return this.#page.locator('.quick-input-title', { hasText: title });
  }

  async pause(ms: number): Promise<void> {
    await this.#page.waitForTimeout(ms);
  }

  squiggle(): Locator {
    return this.#page.locator('.squiggly-error, .squiggly-warning');
  }

  suggestion(label: string): Locator {
    return this.#page.locator('.suggest-widget.visible .monaco-list-row', { hasText: label });
  }

  /** The page of a Markdown preview, when no other web page is open. */
  preview(): Locator {
    return this.sessionView();
  }

  status(): Locator {
    return this.#page.locator('.statusbar-item[id*="airlock"]');
  }

  /** Anything in the status bar. */
  statusText(text: string): Locator {
    return this.#page.locator('.statusbar-item', { hasText: text });
  }

  notification(text: string | RegExp): Locator {
    return this.#page.locator('.notification-list-item', { hasText: text });
  }

  /** The question that nothing else can be done before. */
  modal(text: string | RegExp): Locator {
    return this.#page.locator('.monaco-dialog-box', { hasText: text });
  }

  treeRow(name: string): Locator {
    return this.#page.locator('.pane-body .monaco-list-row', { hasText: name });
  }

  /** The rows of the tree of changes, as a person sees them. */
  changeRows(): Locator {
    return this.#changes().locator('.monaco-list-row');
  }

  /** By keyboard: goes down the tree of changes from its top to the row. */
  async goToRow(name: string): Promise<void> {
    await this.runCommand('Airlock: Review Changes');
    await this.#changes().locator('.monaco-list.element-focused, .monaco-list:focus').waitFor();
    await this.#page.keyboard.press('Home');
    const wanted = this.#changes().locator('.monaco-list-row.focused', { hasText: name });
    for (let rows = await this.changeRows().count(); rows > 0 && (await wanted.count()) === 0; rows -= 1) {
      await this.#page.keyboard.press('ArrowDown');
    }
    await wanted.waitFor();
  }

  /** The box of a row in the tree of changes. */
  rowBox(name: string): Locator {
    return this.changeRows().filter({ hasText: name }).locator('.custom-view-tree-node-item-checkbox');
  }

  /** A box that is ticked. */
  checked(): Locator {
    return this.#page.locator('[aria-checked="true"]');
  }

  /** What the title of the tree of changes says beside it. */
  changesDescription(): Locator {
    return this.#page.locator('.pane-header', { hasText: 'Pending Changes' }).locator('.description');
  }

  /** A question that the window waits for. */
  dialog(text: string): Locator {
    return this.#page.locator('.monaco-dialog-box', { hasText: text });
  }

  /** Present while a light theme is on. */
  light(): Locator {
    return this.#page.locator('.monaco-workbench.vs');
  }

  /** The active editor's tab. */
  activeTab(): Locator {
    return this.#page.locator('.tab.active');
  }

  titleAction(label: string): Locator {
    return this.#page.locator(`.editor-actions a.action-label[aria-label*="${label}"]`);
  }

  /** The page of the session view, inside its two frames. */
  sessionView(): Locator {
    return this.#page.frameLocator('iframe.webview').frameLocator('iframe').locator('body');
  }

  /** The page of a change, when no other web page is open. */
  page(): Locator {
    return this.sessionView();
  }

  /** The page of the web view that was opened last. */
  lastPage(): Locator {
    return this.#page.frameLocator('iframe.webview').last().frameLocator('iframe').locator('body');
  }

  /** Present while the cursor of the active editor is in this line, from 1. */
  cursorLine(line: number): Locator {
    return this.#page.locator('.statusbar-item', { hasText: `Ln ${line}, Col` });
  }

  editorText(text: string): Locator {
    return this.#page.locator('.editor-instance .view-line', { hasText: text }).first();
  }

  /** Present where lines can be commented on. */
  commentable(): Locator {
    return this.#page.locator('.editor-instance [class*="comment-range-glyph"]').first();
  }

  /** The box that a comment is written into, when the keys go there. */
  commentBox(): Locator {
    return this.#page.locator('.review-widget .monaco-editor.focused');
  }

  comment(text: string): Locator {
    return this.#page.locator('.review-widget .comment-body', { hasText: text });
  }

  /** In VS Code's list of all comments, which opens by itself with the first. */
  listedComment(text: string): Locator {
    return this.#page.locator('.comments-panel .monaco-list-row', { hasText: text });
  }

  /** What can be done with a conflict. */
  mergeAction(label: string): Locator {
    return this.#page.locator('.merge-editor a', { hasText: label }).first();
  }

  tab(name: string): Locator {
    return this.#page.locator('.tab', { hasText: name });
  }

  async type(text: string): Promise<void> {
    await this.#page.keyboard.type(text);
  }

  async press(keys: string): Promise<void> {
    await this.#page.keyboard.press(keys);
  }

  async screenshot(name: string): Promise<void> {
    mkdirSync(SCREENSHOTS, { recursive: true });
    // No tooltip of what happens to lie under the mouse, and nothing half faded in.
    await this.#page.mouse.move(640, 600);
    await this.#page.waitForFunction(ANIMATIONS_ENDED);
    await this.#page.screenshot({ path: path.join(SCREENSHOTS, `${name}.png`) });
  }

  async #search(text: string): Promise<void> {
    for (let attempt = 1; ; attempt += 1) {
      await this.#page.keyboard.press('F1');
      try {
        await this.#quickInput().fill(`>${text}`, { timeout: PALETTE_MS });
        return;
      } catch (error) {
        // What the command before it still moves may take the focus, and the palette closes.
        if (attempt === PALETTE_ATTEMPTS) throw error;
      }
    }
  }

  #changes(): Locator {
    return this.#page.locator('.pane', {
      has: this.#page.locator('.pane-header', { hasText: 'Pending Changes' }),
    });
  }

  #quickInput(): Locator {
    return this.#page.locator('.quick-input-widget:not(.hidden) .quick-input-box input');
  }
}
