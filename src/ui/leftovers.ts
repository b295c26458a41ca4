import { readdir } from 'node:fs/promises';
import * as path from 'node:path';
import * as vscode from 'vscode';
import { toVisibleLine } from '../base/visible-text.js';
import type { Recovery } from '../workspace/apply/recover.js';
import type { App } from './app.js';
import { closeDiffs } from './diff-editor.js';

/**
 * After activation, in the background: when earlier sessions left anything, removes what dead ones hold
 * and offers, once, to go on with reviews that wait. Without a session folder nothing is loaded.
 */
export async function recoverLeftovers(app: App): Promise<void> {
  if (!(await hasState(app.stateDir))) return;
  const host = await app.host();
  for (const recovery of await host.recoverApplies()) tellRecovery(app, recovery);
  const { removed, failures } = await host.reconcile();
  if (removed > 0) app.logger.info(`removed ${removed} leftovers of earlier sessions`);
  for (const failure of failures) app.logger.warn(failure.message);
  await Promise.all([app.store.loadStored(), app.commits.refresh(host)]);
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

/** What a crash cut short while approved files were written has an end by now; the user hears which. */
function tellRecovery({ dialogs, logger }: App, recovery: Recovery): void {
  const { t } = vscode.l10n;
  const told =
    recovery.kind === 'damaged'
      ? dialogs.choose(
          'warning',
          t(
            'Writing approved changes was cut short, and its journal is damaged. Nothing more was touched: both versions of each file are there, the replaced one in a file named ".….airlock-…" beside it. The log says more.',
          ),
          [],
        )
      : dialogs.choose('info', describeRecovery(recovery), []);
  void told.catch((error: unknown) => logger.error('a recovery could not be told of', error));
}

function describeRecovery({ kind, left }: Exclude<Recovery, { kind: 'damaged' }>): string {
  const { t } = vscode.l10n;
  const end =
    kind === 'finished'
      ? t('Writing approved changes was cut short by a crash, and has been finished now.')
      : t('Writing approved changes was cut short by a crash, and was taken back: your files are as before.');
  if (left.length === 0) return end;
  const names = left.slice(0, 5).map((path) => toVisibleLine(path, 80));
  return `${end} ${t('Edited since, and left as it is: {0}.', names.join(', '))}`;
}

async function hasState(stateDir: string): Promise<boolean> {
  const names = await Promise.all(
    ['sessions', 'applies'].map((name) => listNames(path.join(stateDir, name))),
  );
  return names.flat().length > 0;
}

async function listNames(dir: string): Promise<readonly string[]> {
  try {
    return await readdir(dir);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
}
