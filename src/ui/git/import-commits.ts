import * as vscode from 'vscode';
import { toVisibleLine } from '../../base/visible-text.js';
import type { ImportedCommits, StoredCommits } from '../../session/api.js';
import type { App } from '../app.js';
import { findGit } from './git-api.js';

/** Puts the commits that an agent made in its sandbox on a branch of the user's repository. */
export async function importCommits(app: App): Promise<void> {
  const { t } = vscode.l10n;
  const host = await app.host();
  await app.commits.refresh(host);
  const waiting = app.commits.list();
  if (waiting.length === 0) {
    await app.dialogs.choose('info', t('No commits of an agent wait to be imported.'), []);
    return;
  }
  const stored = waiting.length === 1 ? waiting[0] : await chooseOne(app, waiting);
  if (stored === undefined || !(await isSure(app, stored))) return;
  try {
    const imported = await host.importCommits(stored.sessionId);
    await showBranch(stored);
    await tell(app, imported);
  } finally {
    await app.commits.refresh(host);
  }
}

/** A discarded session takes its commits along. */
export function watchCommits({ store, commits, host, logger }: App): vscode.Disposable {
  const refresh = async () => commits.refresh(await host());
  const unsubscribe = store.onDidChange((review) => {
    if (review !== undefined || commits.list().length === 0) return;
    refresh().catch((error: unknown) => logger.error('commits were not looked for', error));
  });
  return new vscode.Disposable(unsubscribe);
}

async function chooseOne(app: App, waiting: readonly StoredCommits[]): Promise<StoredCommits | undefined> {
  const items = waiting.map((stored) => ({
    label: toVisibleLine(
      app.store.list().find((review) => review.sessionId === stored.sessionId)?.prompt ?? stored.sessionId,
      80,
    ),
    description: `${countCommits(stored.commits)}, ${new Date(stored.at).toLocaleString()}`,
    stored,
  }));
  return (await app.dialogs.pick(items, { title: vscode.l10n.t('Import the commits of which session?') }))
    ?.stored;
}

function isSure({ dialogs }: App, { agent, commits }: StoredCommits): Promise<boolean> {
  const { t } = vscode.l10n;
  const who = agent === undefined ? t('the agent') : toVisibleLine(agent, 60);
  return dialogs.confirm(
    t('Import {0} of {1} to a new branch?', countCommits(commits), who),
    t(
      'They were not reviewed hunk by hunk: they hold all that the agent committed, rejected changes too, and may hold a placeholder where a file was hidden from it. git checks them first. Nothing is checked out, and your files, index and branches stay as they are.',
    ),
    t('Import'),
  );
}

async function tell({ dialogs }: App, { branch, commits }: ImportedCommits): Promise<void> {
  const { t } = vscode.l10n;
  await dialogs.choose(
    'info',
    t(
      '{0} imported to the branch "{1}". Look through it before you merge it.',
      countCommits(commits),
      branch,
    ),
    [],
  );
}

/** The editor's own list of branches is then up to date. */
async function showBranch({ workspace }: StoredCommits): Promise<void> {
  const git = await findGit();
  await git?.getRepository(vscode.Uri.file(workspace))?.status();
}

function countCommits(count: number): string {
  return count === 1 ? vscode.l10n.t('1 commit') : vscode.l10n.t('{0} commits', count);
}
