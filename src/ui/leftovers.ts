import { readdir } from 'node:fs/promises';
import * as path from 'node:path';
import * as vscode from 'vscode';
import type { App } from './app.js';
import { closeDiffs } from './diff-editor.js';

/**
 * After activation, in the background: when earlier sessions left anything, removes what dead ones hold
 * and offers, once, to go on with reviews that wait. Without a session folder nothing is loaded.
 */
export async function recoverLeftovers(app: App): Promise<void> {
  if (!(await hasSessions(app.stateDir))) return;
  const host = await app.host();
  const { removed, failures } = await host.reconcile();
  if (removed > 0) app.logger.info(`removed ${removed} leftovers of earlier sessions`);
  for (const failure of failures) app.logger.warn(failure.message);
  await app.store.loadStored();
  const { count } = app.store.pending();
  if (count > 0) await offer(app, count);
}

async function offer(app: App, count: number): Promise<void> {
  const { t } = vscode.l10n;
  const earlier = app.store.list();
  const review = t('Review');
  const discard = t('Discard');
  const chosen = await app.dialogs.choose('info', describe(count, earlier.length), [review, discard]);
  if (chosen === review) await vscode.commands.executeCommand('airlock.review');
  if (chosen !== discard) return;
  await closeDiffs((address) => earlier.some((entry) => entry.sessionId === address.sessionId));
  for (const entry of earlier) await app.store.discard(entry);
}

function describe(changes: number, sessions: number): string {
  const { t } = vscode.l10n;
  if (changes === 1) return t('1 change from an earlier agent session waits for review.');
  return sessions === 1
    ? t('{0} changes from an earlier agent session wait for review.', changes)
    : t('{0} changes from {1} earlier agent sessions wait for review.', changes, sessions);
}

async function hasSessions(stateDir: string): Promise<boolean> {
  try {
    return (await readdir(path.join(stateDir, 'sessions'))).length > 0;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return false;
    throw error;
  }
}
