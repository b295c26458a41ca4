import * as vscode from 'vscode';
import type { Review } from '../../session/api.js';
import { stateKey } from '../../workspace/changes.js';
import type { App } from '../app.js';
import { listRows } from '../rows.js';
import { commitApproved, commitSession } from './commit-approved.js';
import { readPlan } from './read-plan.js';

/** The steps of one decision are over by then; several sessions that were approved at once are told of at once. */
const SETTLE_MS = 400;

/** When nothing of a session is left to decide, offers once to commit what was approved of it. */
export class OfferCommit implements vscode.Disposable {
  readonly #app: App;
  readonly #unsubscribes: readonly (() => void)[];
  /** Reviews in which nothing is left to decide, until they were told of. */
  readonly #due = new Set<Review>();
  /** What was written when a session was told of last. */
  readonly #told = new Map<string, string>();
  #timer: NodeJS.Timeout | undefined;

  constructor(app: App) {
    this.#app = app;
    this.#unsubscribes = [
      app.store.onDidChange((review) => review !== undefined && this.#note(review)),
      app.sessions.onDidChange(() => this.#due.size > 0 && this.#schedule()),
    ];
  }

  dispose(): void {
    clearTimeout(this.#timer);
    for (const unsubscribe of this.#unsubscribes) unsubscribe();
  }

  #note(review: Review): void {
    if (review.written.size === 0 || listRows(review).length > 0) this.#due.delete(review);
    else this.#due.add(review);
    if (this.#due.size > 0) this.#schedule();
  }

  #schedule(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#tell().catch((error: unknown) => this.#app.logger.error('a commit was not offered', error));
    }, SETTLE_MS);
  }

  async #tell(): Promise<void> {
    const { store } = this.#app;
    const known = new Set(store.list());
    const ready = [...this.#due].filter((review) => !this.#isWorking(review));
    for (const review of ready) this.#due.delete(review);
    const fresh = ready.filter(
      (review) => known.has(review) && this.#told.get(review.sessionId) !== keyOf(review),
    );
    if (fresh.length === 0 || !isOffering()) return;
    for (const review of fresh) this.#told.set(review.sessionId, keyOf(review));
    const found = await Promise.all(fresh.map((review) => readPlan(this.#app, review)));
    const open = found.filter((one) => one !== undefined).filter(({ plan }) => plan.files.length > 0);
    const count = open.reduce((sum, { plan }) => sum + plan.files.length, 0);
    if (count > 0)
      await this.#offer(
        count,
        open.map(({ review }) => review),
      );
  }

  /** What it still does may change the same files; it is told of after that. */
  #isWorking({ sessionId }: Review): boolean {
    const kind = this.#app.sessions.find(sessionId)?.state.kind ?? 'none';
    return kind !== 'none' && kind !== 'idle';
  }

  async #offer(count: number, reviews: readonly Review[]): Promise<void> {
    const { t } = vscode.l10n;
    const [commit, later, never] = [t('Commit…'), t('Not Now'), t('Never for This Workspace')];
    const message =
      count === 1
        ? t('1 approved change is in your workspace. Commit it?')
        : t('{0} approved changes are in your workspace. Commit them?', count);
    const chosen = await this.#app.dialogs.choose('info', message, [commit, later, never]);
    if (chosen === never)
      await vscode.workspace
        .getConfiguration('airlock')
        .update('git.offerCommit', 'never', vscode.ConfigurationTarget.Workspace);
    if (chosen !== commit) return;
    // Through the command, so that a failure is told of as that of a command is.
    const [only] = reviews.length === 1 ? reviews : [];
    await vscode.commands.executeCommand('airlock.commitApproved', only?.sessionId);
  }
}

/** The command; from the notification with the session that it was about. */
export async function commitCommand(app: App, argument: unknown): Promise<void> {
  const review = app.store.list().find(({ sessionId }) => sessionId === argument);
  await (review === undefined ? commitApproved(app) : commitSession(app, review));
}

function isOffering(): boolean {
  return vscode.workspace.getConfiguration('airlock').get<string>('git.offerCommit') !== 'never';
}

function keyOf({ written }: Review): string {
  return JSON.stringify([...written].map(([path, state]) => [path, stateKey(state)]));
}
