import * as vscode from 'vscode';
import { toVisibleLine } from '../base/visible-text.js';
import type { SandboxHost } from '../session/api.js';
import { reopenUndone } from '../session/reviews/reopen-undone.js';
import type { Applied, UndoOutcome } from '../workspace/apply/undo.js';
import type { App } from './app.js';
import { localFolders } from './local-folders.js';

/** Takes back the last approval that was written, after a confirmation; what was edited since stays as it is. */
export async function undoApply(app: App): Promise<void> {
  const { t } = vscode.l10n;
  const host = await app.host();
  const last = await findLast(host);
  if (last === undefined) {
    await app.dialogs.choose('info', t('Nothing that was approved here can be taken back.'), []);
    return;
  }
  const { folder } = last;
  const { length: count } = last.paths;
  const isSure = await app.dialogs.confirm(
    count === 1
      ? t('Take back the approved change of "{0}"?', toVisibleLine(last.paths[0] ?? ''))
      : t('Take back the last {0} approved changes?', count),
    t('Your files become what they were before. The proposals wait for review again.'),
    t('Undo'),
  );
  if (!isSure) return;
  const outcome = await undo(app, host, folder, last.id);
  if (outcome?.kind !== 'undone') return;
  const { undone, stayed, review } = await reopenUndone(
    outcome,
    async (sessionId) => (await app.store.find(sessionId)) ?? host.openReview(sessionId),
  );
  if (review !== undefined) app.store.add(review);
  if (stayed.length === 0)
    vscode.window.setStatusBarMessage(t('Airlock: {0} changes taken back', undone.length), 5000);
  else
    await app.dialogs.choose(
      'warning',
      t(
        '{0} changes taken back; {1} left as they are, because they were edited since.',
        undone.length,
        stayed.length,
      ),
      [],
    );
}

async function undo(
  { dialogs }: App,
  host: SandboxHost,
  folder: string,
  id: string,
): Promise<UndoOutcome | undefined> {
  const { t } = vscode.l10n;
  const outcome = await host.undo(folder, id);
  if (outcome.kind !== 'edited') return outcome;
  const names = outcome.paths.slice(0, 5).map((path) => toVisibleLine(path, 80));
  const others = t('Undo the Others');
  const answer = await dialogs.choose(
    'warning',
    t('Edited since it was approved, and left as it is: {0}. Nothing was written.', names.join(', ')),
    outcome.others > 0 ? [others] : [],
  );
  return answer === others ? host.undo(folder, id, { skipEdited: true }) : undefined;
}

async function findLast(host: SandboxHost): Promise<(Applied & { readonly folder: string }) | undefined> {
  const found = await Promise.all(
    localFolders().map(async ({ uri: { fsPath: folder } }) =>
      (await host.applied(folder)).slice(0, 1).map((applied) => ({ ...applied, folder })),
    ),
  );
  return found.flat().sort((a, b) => b.at - a.at)[0];
}
