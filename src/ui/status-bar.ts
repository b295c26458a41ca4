import * as vscode from 'vscode';
import type { Questions } from './questions.js';
import type { ReviewStore } from './review-store.js';
import { sessionLabel } from './session-names.js';
import type { Sessions } from './sessions.js';
import { describeSpend } from './spend-text.js';
import { computeStatus, describeStatus } from './status-model.js';

/** The one status bar item; ticks only while an agent runs. */
export class StatusBar implements vscode.Disposable {
  readonly #item = vscode.window.createStatusBarItem('airlock.status', vscode.StatusBarAlignment.Left, 50);
  readonly #sessions: Sessions;
  readonly #store: ReviewStore;
  readonly #questions: Questions;
  readonly #unsubscribes: readonly (() => void)[];
  #tick: NodeJS.Timeout | undefined;

  constructor(sessions: Sessions, store: ReviewStore, questions: Questions) {
    this.#sessions = sessions;
    this.#store = store;
    this.#questions = questions;
    this.#item.name = 'Airlock';
    this.#unsubscribes = [sessions, store, questions].map((source) =>
      source.onDidChange(() => this.#update()),
    );
    this.#update();
    this.#item.show();
  }

  dispose(): void {
    clearInterval(this.#tick);
    for (const unsubscribe of this.#unsubscribes) unsubscribe();
    this.#item.dispose();
  }

  #spendLines(): readonly string[] {
    const spent = this.#sessions.list().filter(({ spend }) => spend !== undefined);
    return spent.flatMap((entry) => {
      const text = entry.spend === undefined ? '' : describeSpend(entry.spend, vscode.l10n.t);
      return spent.length === 1 ? [text] : [`${sessionLabel(entry)}: ${text}`];
    });
  }

  #update(): void {
    const waiting = this.#questions.count;
    const states = this.#sessions.list().map(({ state }) => state);
    const status = computeStatus(states, this.#store.pending(), waiting, Date.now());
    const { text, tooltip, label } = describeStatus(status, vscode.l10n.t);
    if (this.#item.text !== text) this.#item.text = text;
    this.#item.command = status.kind === 'asking' ? 'airlock.answerQuestion' : 'airlock.sessionMenu';
    this.#item.tooltip = [tooltip, ...this.#spendLines()].join('\n');
    this.#item.accessibilityInformation = { label, role: 'button' };
    if (status.kind === 'running') {
      this.#tick ??= setInterval(() => this.#update(), 1000);
      return;
    }
    clearInterval(this.#tick);
    this.#tick = undefined;
  }
}
