import * as assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import * as vscode from 'vscode';
import type { AirlockApi } from '../../src/ui/activate.js';
import { activeChange } from '../../src/ui/review/shown-change.js';
import { changeUri } from '../../src/ui/review-files.js';
import type { Row } from '../../src/ui/rows.js';
import type { MadeReview } from '../unit/ui/make-review.js';
import { closeEditors, waitFor } from './airlock.js';

const SETTLE_MS = 150;

/** A review in the running extension, and what a person does with it. */
export class ReviewStage {
  /** What was asked or told, in order. */
  readonly asked: string[] = [];
  readonly #api: AirlockApi;
  readonly #made: MadeReview;

  constructor(api: AirlockApi, made: MadeReview) {
    this.#api = api;
    this.#made = made;
    api.app.store.add(made.review);
    this.answer({});
  }

  /** What is chosen when something is asked; nothing when left out. */
  answer(answers: { choose?: string; confirm?: boolean; input?: string }): void {
    this.#api.dialogs.answerWith({
      choose: async (_level, message) => {
        this.asked.push(message);
        return answers.choose;
      },
      confirm: async (message, detail) => {
        this.asked.push(`${message} ${detail}`);
        return answers.confirm ?? false;
      },
      input: async ({ prompt }) => {
        this.asked.push(prompt ?? '');
        return answers.input;
      },
    });
  }

  row(name: string): Row {
    const row = this.#api.app.store.row(this.#made.review.sessionId, name);
    assert.ok(row, `${name} does not wait any more`);
    return row;
  }

  uri(side: 'before' | 'after', name: string): vscode.Uri {
    return changeUri(side, this.#made.review.sessionId, name);
  }

  file(name: string): string {
    return path.join(this.#made.workspace, name);
  }

  read(name: string): string {
    return readFileSync(this.file(name), 'utf8');
  }

  /** As another program would. */
  write(name: string, text: string): void {
    writeFileSync(this.file(name), text);
  }

  decision(name: string): string | undefined {
    return this.#made.review.get(name)?.decision;
  }

  async proposal(name: string): Promise<string> {
    return Buffer.from(await this.#made.review.read(name, 'after')).toString();
  }

  /** Opens a change from the tree. */
  async open(name: string): Promise<void> {
    await this.run('airlock.openDiff', { kind: 'row', row: this.row(name) });
    await this.shows(name);
  }

  async run(command: string, argument?: unknown): Promise<void> {
    await vscode.commands.executeCommand(command, argument);
  }

  /** Waits until the active editor shows it. */
  async shows(name: string, kind?: string): Promise<void> {
    await waitFor(`${name} to be shown`, () => {
      const active = activeChange();
      return active?.address.path === name && (kind === undefined || active.kind === kind);
    });
  }

  /** The editor of one side. */
  editor(name: string, side: 'before' | 'after' = 'after'): Promise<vscode.TextEditor> {
    const uri = this.uri(side, name).toString();
    return waitFor(`the editor of ${name}`, () =>
      vscode.window.visibleTextEditors.find(({ document }) => document.uri.toString() === uri),
    );
  }

  /** Puts the cursor there; 0-based. */
  async moveTo(name: string, line: number): Promise<void> {
    const editor = await this.editor(name);
    await waitFor('the focus', () => vscode.window.activeTextEditor === editor);
    // News of where the cursor was before may still come, and would count as the newest.
    await sleep(SETTLE_MS);
    editor.selection = new vscode.Selection(line, 0, line, 0);
    await sleep(SETTLE_MS);
  }

  async cursor(name: string, line: number): Promise<void> {
    const editor = await this.editor(name);
    await waitFor(`the cursor of ${name} in line ${line}`, () => editor.selection.active.line === line).catch(
      (error: unknown) => {
        throw new Error(`${String(error)}; it is in line ${editor.selection.active.line}`);
      },
    );
  }

  /** Types into the proposal without saving. */
  async type(name: string, line: number, text: string): Promise<void> {
    const edit = new vscode.WorkspaceEdit();
    edit.insert(this.uri('after', name), new vscode.Position(line, 0), text);
    assert.ok(await vscode.workspace.applyEdit(edit));
  }

  async dispose(): Promise<void> {
    this.#api.dialogs.answerWith({});
    for (let open = 1; open > 0; ) {
      await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
      open = vscode.workspace.textDocuments.filter(({ isDirty }) => isDirty).length;
      if (vscode.window.tabGroups.activeTabGroup.tabs.length === 0) break;
    }
    await closeEditors();
    await this.#api.app.store.discard(this.#made.review);
    await this.#made.remove();
  }
}
