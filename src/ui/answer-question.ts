import * as vscode from 'vscode';
import { toVisibleLine } from '../base/visible-text.js';
import type { AskAnswer, AskQuestion } from '../session/api.js';
import type { App } from './app.js';
import { type GuardedItem, showGuardedPick } from './guarded-pick.js';
import type { WaitingQuestion } from './questions.js';
import { nameAgent } from './session-names.js';
import { toCommandRows, withoutIcons } from './show-command.js';

const MAX_NOTE = 2000;

/** Shows what the agent asks and takes the answer; then the next question, until none waits or one is put off. */
export async function answerQuestion(app: App, argument: unknown): Promise<void> {
  let waiting = app.questions.find(argument) ?? app.questions.oldest();
  while (waiting !== undefined) {
    const answer = await decide(app, waiting);
    if (waiting.closed.aborted) {
      const late = vscode.l10n.t('Airlock: the question was not answered in time and is denied.');
      vscode.window.setStatusBarMessage(late, 5000);
    } else if (answer === undefined) return;
    else waiting.answer(answer);
    waiting = app.questions.oldest();
  }
}

/** Undefined when the user puts it off. */
async function decide(app: App, { question, closed }: WaitingQuestion): Promise<AskAnswer | undefined> {
  const choice = await showGuardedPick({
    title: titleOf(nameAgent(app.sessions, question.sessionId, vscode.l10n.t), app.questions.count),
    placeholder: toVisibleLine(`${question.reason} (${question.rule})`),
    items: listItems(question),
    closed,
  });
  switch (choice) {
    case 'once':
    case 'session':
      return { kind: 'allow', remember: choice };
    case 'workspace': {
      const rules = await editRules(app, question, closed);
      return rules && { kind: 'allow', remember: 'workspace', rules };
    }
    case 'deny':
      return { kind: 'deny' };
    case 'note': {
      const note = await askNote(app, closed);
      return note === undefined ? undefined : { kind: 'deny', note };
    }
    default:
      return undefined;
  }
}

function titleOf(who: string, count: number): string {
  const title = vscode.l10n.t('{0} asks to run this', who);
  return count > 1 ? `${title} (${vscode.l10n.t('{0} questions wait', count)})` : title;
}

/** The commands first, as text; nothing that allows is where a careless Enter falls. */
export function listItems({ commands, remember, rules }: AskQuestion): readonly GuardedItem[] {
  const { t } = vscode.l10n;
  const rows = commands.flatMap(({ text, decision }) => {
    const verdict = decision.decision === 'ask' ? t('asks') : t('allowed');
    const why = toVisibleLine(`${verdict}: ${decision.reason} (${decision.rule})`);
    const [first = '', ...rest] = toCommandRows(text);
    return [
      { label: first, detail: withoutIcons(why), alwaysShow: true },
      ...rest.map((label) => ({ label, alwaysShow: true })),
    ];
  });
  const separator = { label: t('Answer'), kind: vscode.QuickPickItemKind.Separator };
  const items: GuardedItem[] = [
    { label: `$(close) ${t('Deny')}`, choice: 'deny' },
    { label: `$(comment) ${t('Deny with a Note…')}`, description: t('the agent reads it'), choice: 'note' },
    { label: `$(check) ${t('Allow Once')}`, choice: 'once' },
  ];
  if (remember !== 'once') {
    const description = t('exactly these commands');
    items.push({ label: `$(check) ${t('Allow for This Session')}`, description, choice: 'session' });
  }
  if (remember === 'workspace' && rules.length > 0) {
    const description = t('you see and edit the rule first');
    items.push({ label: `$(check-all) ${t('Always in This Workspace…')}`, description, choice: 'workspace' });
  }
  return [...rows, separator, ...items];
}

async function editRules(
  app: App,
  { rules }: AskQuestion,
  closed: AbortSignal,
): Promise<readonly string[] | undefined> {
  const { t } = vscode.l10n;
  const edited: string[] = [];
  for (const [index, offer] of rules.entries()) {
    const text = await app.dialogs.input(
      {
        title: t('Always allow in this workspace ({0} of {1})', index + 1, rules.length),
        prompt: t('A bare * stands for any one operand. The rule is stored for this workspace.'),
        value: offer.text,
        valueSelection: [offer.text.length, offer.text.length],
        ignoreFocusOut: true,
        validateInput: (value) => {
          const problem = offer.check(value);
          return problem && t('This cannot be the rule: {0}', toVisibleLine(problem));
        },
      },
      closed,
    );
    if (text === undefined || offer.check(text) !== undefined) return undefined;
    edited.push(text);
  }
  return edited;
}

function askNote(app: App, closed: AbortSignal): Promise<string | undefined> {
  const { t } = vscode.l10n;
  return app.dialogs.input(
    {
      title: t('Deny with a Note'),
      prompt: t('The agent reads this with the denial.'),
      placeHolder: t('What should it do instead?'),
      ignoreFocusOut: true,
      validateInput: (value) =>
        value.length > MAX_NOTE ? t('At most {0} characters.', MAX_NOTE) : undefined,
    },
    closed,
  );
}
