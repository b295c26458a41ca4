import * as vscode from 'vscode';
import { toVisibleLine } from '../../base/visible-text.js';
import { describeFeedback } from '../../workspace/review/feedback-text.js';
import type { Review } from '../../workspace/review/review-api.js';
import type { App } from '../app.js';
import { parseUriParts } from '../diff-uri.js';
import { showProgress } from '../progress.js';
import { startAgent } from '../run-agent.js';
import { MAX_PROMPT } from '../session-message.js';
import { sessionLabel } from '../session-names.js';
import { isNode } from '../target.js';
import { activeChange } from './shown-change.js';

/** What the agent is asked when the user adds nothing to the remarks. English, as they are. */
const PLAIN_REQUEST = 'Change your proposal as the review asks.';

/** Sends what the user rejected and commented on, with a few words of theirs, as the agent's next prompt. */
export async function requestChanges(app: App, argument: unknown): Promise<void> {
  const { t } = vscode.l10n;
  const review = await chooseReview(app, argument);
  if (review === undefined) return;
  const entry = app.sessions.find(review.sessionId);
  if (entry?.isLive === true && entry.state.kind !== 'idle') {
    const message = t('The agent is working. Send your remarks when it has finished; they are kept.');
    await app.dialogs.choose('info', message, []);
    return;
  }
  const count = review.feedback().length;
  const text = await askText(app, count);
  if (text === undefined) return;
  if (count === 0 && text === '') {
    const message = t(
      'There is nothing to send: comment on a line of a proposal, or reject a part of it, first.',
    );
    await app.dialogs.choose('info', message, []);
    return;
  }
  const request = text === '' ? PLAIN_REQUEST : text;
  if (entry?.state.kind !== 'idle') {
    await runAnew(app, review, request);
    return;
  }
  app.sessions.select(entry);
  entry.session.prompt(request);
  showProgress(app, entry);
}

function askText({ dialogs }: App, count: number): Promise<string | undefined> {
  const { t } = vscode.l10n;
  const sent =
    count === 1
      ? t('1 remark of your review is sent with it.')
      : t('{0} remarks of your review are sent with it.', count);
  return dialogs
    .input({
      title: t('Request Changes'),
      prompt: count === 0 ? t('You have made no remark in the review.') : sent,
      placeHolder: count === 0 ? t('What should the agent change?') : t('Anything else? May be left empty.'),
      ignoreFocusOut: true,
      validateInput: (value) =>
        value.length > MAX_PROMPT ? t('At most {0} characters.', MAX_PROMPT) : undefined,
    })
    .then((text) => text?.trim());
}

/** The sandbox is gone, and the agent that remembers with it: another one is told all of it. */
async function runAnew(app: App, review: Review, request: string): Promise<void> {
  const { t } = vscode.l10n;
  const run = t('Run New Agent');
  const message = t(
    'The sandbox of this review is gone. A new agent can be told your remarks; it starts from your workspace as it is now.',
  );
  if ((await app.dialogs.choose('info', message, [run])) !== run) return;
  const { text, ids } = describeFeedback(review.feedback(), true);
  const prompt = text === '' ? request : `${text}\n\n${request}`;
  const started = await startAgent(app, vscode.Uri.file(review.workspace), prompt);
  if (started === undefined) return;
  await review.dropFeedback(ids);
  await started.turn;
}

/** The review that is meant: of the comment, the tree's node or the editor; else the one with remarks. */
async function chooseReview(app: App, argument: unknown): Promise<Review | undefined> {
  const { t } = vscode.l10n;
  if (isNode(argument) && argument.kind === 'session') return argument.review;
  const address = addressOf(argument) ?? activeChange()?.address;
  const given = address && (await app.store.find(address.sessionId));
  if (given !== undefined) return given;
  const reviews = app.store.list();
  const remarked = reviews.filter((review) => review.feedback().length > 0);
  const from = remarked.length > 0 ? remarked : reviews;
  if (from.length < 2) return from[0];
  const items = from.map((review) => {
    const entry = app.sessions.find(review.sessionId);
    const label = entry === undefined ? toVisibleLine(review.prompt, 80) : sessionLabel(entry);
    return { label, description: t('{0} remarks', review.feedback().length), review };
  });
  return (await app.dialogs.pick(items, { title: t('Request changes of which session?') }))?.review;
}

/** A comment's thread has the URI of its document. */
function addressOf(argument: unknown) {
  const uri =
    typeof argument === 'object' && argument !== null && 'uri' in argument ? argument.uri : argument;
  return uri instanceof vscode.Uri ? parseUriParts(uri) : undefined;
}
