import * as vscode from 'vscode';
import type { App } from '../app.js';
import type { CommandSpec } from '../command-spec.js';
import { findTarget } from '../target.js';
import { RemarkComment } from './comments.js';
import { resetProposal, stepToHunk } from './hunk-commands.js';
import { openOverview } from './overview.js';
import { requestChanges } from './request-changes.js';

/** The commands of the diff editor, of the overview and of the comments. */
export const reviewCommands: readonly CommandSpec[] = [
  { id: 'airlock.nextHunk', needs: 'pending', run: (app) => stepToHunk(app, 1) },
  { id: 'airlock.previousHunk', needs: 'pending', run: (app) => stepToHunk(app, -1) },
  { id: 'airlock.resetProposal', needs: 'target', run: resetTarget },
  { id: 'airlock.overview', needs: 'pending', run: openOverview },
  { id: 'airlock.requestChanges', needs: 'nothing', run: requestChanges },
  { id: 'airlock.addComment', needs: 'nothing', run: addComment },
  { id: 'airlock.deleteComment', needs: 'nothing', run: deleteComment },
];

async function resetTarget(app: App, argument: unknown): Promise<void> {
  const target = findTarget(app, argument);
  if (target !== undefined) await resetProposal(app, target);
  else await app.dialogs.choose('info', vscode.l10n.t('Select a pending change first.'), []);
}

/** From the box at a line; VS Code passes what was written there. */
async function addComment(app: App, argument: unknown): Promise<void> {
  if (isReply(argument)) await app.comments.add(argument);
}

async function deleteComment(app: App, argument: unknown): Promise<void> {
  if (argument instanceof RemarkComment) await app.comments.remove(argument);
}

function isReply(value: unknown): value is vscode.CommentReply {
  return (
    typeof value === 'object' &&
    value !== null &&
    'thread' in value &&
    'text' in value &&
    typeof value.text === 'string'
  );
}
