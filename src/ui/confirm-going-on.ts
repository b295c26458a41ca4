import * as vscode from 'vscode';
import type { Dialogs } from './dialogs.js';

/** Asks whether a paused agent may go on, beside the work; closing the question stops it, as no answer in time does. */
export async function confirmGoingOn(
  dialogs: Dialogs,
  { who, reason }: { readonly who: string; readonly reason: string },
  signal: AbortSignal,
): Promise<'continue' | 'stop'> {
  const goOn = vscode.l10n.t('Continue');
  const message = vscode.l10n.t(
    '{0} is paused: {1}. To continue allows as much again; closing this stops it.',
    who,
    reason,
  );
  const late = new Promise<undefined>((resolve) => {
    signal.addEventListener('abort', () => resolve(undefined), { once: true });
  });
  const chosen = await Promise.race([
    dialogs.choose('warning', message, [goOn, vscode.l10n.t('Stop')]),
    late,
  ]);
  return chosen === goOn ? 'continue' : 'stop';
}
