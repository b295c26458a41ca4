import { mkdirSync } from 'node:fs';
import * as path from 'node:path';
import type { Locator, Page } from 'playwright-core';

const SCREENSHOTS = path.resolve('test-output', 'screenshots');

/** VS Code's workbench as a person uses it: keys, clicks and what can be read on the screen. */
export class Workbench {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  async open(url: string): Promise<void> {
    await this.#page.goto(url);
    await this.#page.locator('.monaco-workbench .statusbar').waitFor({ timeout: 60_000 });
    await this.status().waitFor({ timeout: 60_000 });
  }

  async reload(): Promise<void> {
    await this.#page.reload();
    await this.status().waitFor({ timeout: 60_000 });
  }

  /** A button of a view's welcome text. */
  welcomeButton(text: string): Locator {
    return this.#page.locator('.welcome-view-content .monaco-button', { hasText: text });
  }

  /** Runs a command as it is found in the palette. */
  async runCommand(title: string): Promise<void> {
    await this.#page.keyboard.press('F1');
    const input = this.#quickInput();
    await input.waitFor();
    await input.fill(`>${title}`);
    await this.#page.locator('.quick-input-list .monaco-list-row.focused', { hasText: title }).waitFor();
    await this.#page.keyboard.press('Enter');
  }

  /** Types into the input box that a command has opened. */
  async answer(title: string, text: string): Promise<void> {
    await this.#page.locator('.quick-input-title', { hasText: title }).waitFor();
    await this.#quickInput().fill(text);
    await this.#page.keyboard.press('Enter');
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

  treeRow(name: string): Locator {
    return this.#page.locator('.pane-body .monaco-list-row', { hasText: name });
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

  async press(keys: string): Promise<void> {
    await this.#page.keyboard.press(keys);
  }

  async screenshot(name: string): Promise<void> {
    mkdirSync(SCREENSHOTS, { recursive: true });
    await this.#page.screenshot({ path: path.join(SCREENSHOTS, `${name}.png`) });
  }

  #quickInput(): Locator {
    return this.#page.locator('.quick-input-widget:not(.hidden) .quick-input-box input');
  }
}
