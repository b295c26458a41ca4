import * as vscode from 'vscode';
import type { SelfTest } from '../session/guarantees/evaluate.js';
import { addAccepted, listUnproven } from './accepted-unproven.js';
import type { Dialogs } from './dialogs.js';
import { readAccepted } from './settings.js';

/**
 * After a session that ended because its runtime cannot prove everything: asks whether to go without that on this
 * runtime. True when the user accepted it, which their settings then say.
 */
export async function askToAccept(
  dialogs: Pick<Dialogs, 'ask'>,
  runtime: string,
  selfTests: readonly SelfTest[],
): Promise<boolean> {
  const { t } = vscode.l10n;
  const unproven = listUnproven(selfTests);
  if (unproven.length === 0) return false;
  const accept = t('Accept for This Runtime');
  const detail = [
    t(
      'The sandbox was removed before the agent could use a tool. On the runtime "{0}" these are not provable:',
      runtime,
    ),
    ...unproven.map(({ title, reason }) => `• ${title}: ${reason}`),
    t('Accept them to start again without them. What fails always ends the session.'),
  ].join('\n');
  const question = t('The sandbox cannot prove all that it must hold. Go without it on this runtime?');
  if ((await dialogs.ask(question, detail, [accept])) !== accept) return false;
  const ids = unproven.map(({ id }) => id);
  const accepted = addAccepted(readAccepted(), runtime, ids);
  await vscode.workspace
    .getConfiguration('airlock')
    .update('acceptedUnproven', accepted, vscode.ConfigurationTarget.Global);
  return true;
}
