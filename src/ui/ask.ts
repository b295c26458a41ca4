import * as vscode from 'vscode';
import { toVisibleLine } from '../base/visible-text.js';
import type { AskAnswer, AskQuestion } from '../session/api.js';
import type { Dialogs } from './dialogs.js';
import { IGNORED_MS } from './guarded-pick.js';
import type { Questions, WaitingQuestion } from './questions.js';
import { toNotificationText } from './show-command.js';

export interface AskParts {
  readonly dialogs: Dialogs;
  readonly questions: Questions;
  /** The agent that asks, as the first words of a sentence. */
  readonly who: string;
}

/** Puts a policy question to the user, beside the work: nothing takes the focus. No answer in time is a denial. */
export function askUser(
  { dialogs, questions, who }: AskParts,
  question: AskQuestion,
  signal: AbortSignal,
): Promise<AskAnswer> {
  return questions.ask(question, signal, (waiting) => void announce(dialogs, who, waiting));
}

/** A notification cannot be withdrawn: one that is clicked too late says so. Closing it answers nothing. */
async function announce(dialogs: Dialogs, who: string, waiting: WaitingQuestion): Promise<void> {
  const { t } = vscode.l10n;
  const open = t('Answer…');
  const allow = t('Allow Once');
  const deny = t('Deny');
  const { message, isWhole } = phrase(who, waiting.question);
  const actions = isWhole ? [open, allow, deny] : [open, deny];
  for (;;) {
    const shownAt = performance.now();
    const chosen = await dialogs.choose('warning', message, actions);
    if (chosen === undefined) return;
    if (waiting.closed.aborted) {
      await dialogs.choose(
        'info',
        t('That question is answered already, or was denied for want of an answer.'),
        [],
      );
      return;
    }
    // A click that was meant for what lay under the notification.
    if (performance.now() - shownAt < IGNORED_MS) continue;
    if (chosen === allow) waiting.answer({ kind: 'allow', remember: 'once' });
    else if (chosen === deny) waiting.answer({ kind: 'deny' });
    else await vscode.commands.executeCommand('airlock.answerQuestion', waiting);
    return;
  }
}

function phrase(
  who: string,
  { commands, title, reason, answerWithinMs }: AskQuestion,
): { message: string; isWhole: boolean } {
  const { t } = vscode.l10n;
  const seconds = Math.round(answerWithinMs / 1000);
  const [only, ...others] = commands;
  const shown = others.length > 0 ? undefined : toNotificationText(only?.text ?? title);
  const why = toNotificationText(toVisibleLine(reason, 300), 400) ?? '';
  if (shown !== undefined) {
    const message = t(
      '{0} asks to run: {1} ({2}). Unanswered for {3} s, it is denied.',
      who,
      shown,
      why,
      seconds,
    );
    return { message, isWhole: true };
  }
  const count = Math.max(1, commands.length);
  return {
    message: t(
      '{0} asks to run a script ({1} commands: {2}). Unanswered for {3} s, it is denied.',
      who,
      count,
      why,
      seconds,
    ),
    isWhole: false,
  };
}
