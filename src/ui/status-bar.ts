import * as vscode from 'vscode';
import type { Questions } from './questions.js';
import type { ReviewStore } from './review-store.js';
import type { SessionTracker } from './session-tracker.js';
import { describeSpend } from './spend-text.js';
import { computeStatus, describeStatus } from './status-model.js';

/** The one status bar item; ticks only while an agent runs. */
export class StatusBar implements vscode.Disposable {
  readonly #item = vscode.window.createStatusBarItem('airlock.status', vscode.StatusBarAlignment.Left, 50);
  readonly #tracker: SessionTracker;
  readonly #store: ReviewStore;
  readonly #questions: Questions;
  readonly #unsubscribes: readonly (() => void)[];
  #tick: NodeJS.Timeout | undefined;

  constructor(tracker: SessionTracker, store: ReviewStore, questions: Questions) {
    this.#tracker = tracker;
    this.#store = store;
    this.#questions = questions;
    this.#item.name = 'Airlock';
    this.#unsubscribes = [tracker, store, questions].map((source) =>
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

  #update(): void {
    const waiting = this.#questions.count;
    const status = computeStatus(this.#tracker.state, this.#store.pending(), waiting, Date.now());
    const { text, tooltip, label } = describeStatus(status, vscode.l10n.t);
    if (this.#item.text !== text) this.#item.text = text;
    this.#item.command = status.kind === 'asking' ? 'airlock.answerQuestion' : 'airlock.sessionMenu';
    const { spend } = this.#tracker;
    this.#item.tooltip = spend === undefined ? tooltip : `${tooltip}\n${describeSpend(spend, vscode.l10n.t)}`;
    this.#item.accessibilityInformation = { label, role: 'button' };
    if (status.kind === 'running') {
      this.#tick ??= setInterval(() => this.#update(), 1000);
      return;
    }
    clearInterval(this.#tick);
    this.#tick = undefined;
  }
}
