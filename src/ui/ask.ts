import * as vscode from 'vscode';
import { toVisibleLine } from '../base/visible-text.js';
import type { AskAnswer, AskQuestion } from '../session/api.js';
import type { Dialogs } from './dialogs.js';

const ANSWER_WITHIN_MS = 60_000;

/** Puts a policy question to the user. No answer in a minute, or a dismissal, is a denial. */
export async function askUser(
  dialogs: Dialogs,
  question: AskQuestion,
  signal: AbortSignal,
): Promise<AskAnswer> {
  const allow = vscode.l10n.t('Allow');
  const message = vscode.l10n.t(
    'The agent asks: {0} ({1}). Without an answer it is denied in a minute.',
    toVisibleLine(question.title),
    toVisibleLine(question.detail, 500),
  );
  const expired = AbortSignal.any([signal, AbortSignal.timeout(ANSWER_WITHIN_MS)]);
  const giveUp = new Promise<undefined>((resolve) => {
    if (expired.aborted) resolve(undefined);
    expired.addEventListener('abort', () => resolve(undefined), { once: true });
  });
  const chosen = await Promise.race([
    dialogs.choose('warning', message, [allow, vscode.l10n.t('Deny')]),
    giveUp,
  ]);
  return chosen === allow && !signal.aborted ? 'allow' : 'deny';
}
