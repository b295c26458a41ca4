import * as vscode from 'vscode';
import { toVisibleLine } from '../../base/visible-text.js';
import type { Hunk } from '../../workspace/hunks/hunks.js';
import type { App } from '../app.js';
import { isSureOf, nextOf } from '../decide.js';
import { closeDiffs, saveProposal } from '../diff-editor.js';
import { neighbourRow, type Row, rowKey } from '../rows.js';
import { isAutoAdvanceOn } from '../settings.js';
import { isHunkNode, type Target } from '../target.js';
import { waitsForUnsaved } from '../unsaved.js';
import { findHunks } from './find-hunks.js';
import { hunkAtPlace, stepHunk } from './hunk-position.js';
import { settle } from './settle.js';
import { showAgain } from './show-again.js';
import { showHunk, showRow } from './show-hunk.js';
import { untilReloaded } from './until-reloaded.js';

const MESSAGE_MS = 5000;

interface HunkTarget {
  readonly row: Row;
  /** `changeKey` of what the user was looking at. */
  readonly key: string;
  /** Key of the hunk, and where it begins in the proposal when the cursor is there. */
  readonly hunk: string;
  readonly line: number | undefined;
}

/** Writes the hunk at the cursor (or of a tree node) to the workspace; the others of its file wait. */
export async function approveHunk(app: App, argument: unknown): Promise<void> {
  const target = await findTarget(app, argument);
  if (target === undefined) return;
  const { row, key, hunk } = target;
  if (await waitsForUnsaved(app, [row])) return;
  if (!(await isSureOf(app, row))) return;
  const next = nextOf(app, row);
  const outcome = await row.review.approveHunk(row.path, key, hunk);
  if (await settle(app, row, key, outcome, { isPart: true })) await goOn(app, target, next);
}

/** Takes the hunk at the cursor (or of a tree node) out of the proposal. */
export async function rejectHunk(app: App, argument: unknown): Promise<void> {
  const target = await findTarget(app, argument);
  if (target === undefined) return;
  const { row, key, hunk } = target;
  const next = nextOf(app, row);
  if (await row.review.rejectHunk(row.path, key, hunk)) await goOn(app, target, next);
  else await showAgain(app, row);
}

/** To the next hunk or the one before it; past the end of a file to the next one, and round. */
export async function stepToHunk(app: App, step: 1 | -1): Promise<void> {
  const found = await findHunks(app, undefined);
  const hunk = found && stepHunk(found.hunks, found.place, step, found.shown);
  if (found !== undefined && hunk !== undefined) {
    await showHunk(app, found.row, hunk);
    tell(vscode.l10n.t('Airlock: hunk {0} of {1}', found.hunks.indexOf(hunk) + 1, found.hunks.length));
    return;
  }
  const next = neighbourRow(app.store.rows(), found?.row, step);
  if (next !== undefined) await showRow(app, next, { last: step === -1 });
}

/** Back to what the agent proposed, after a confirmation. */
export async function resetProposal(app: App, { row }: Target): Promise<void> {
  const { t } = vscode.l10n;
  const name = toVisibleLine(row.path);
  if (!(await saveProposal(row.review.sessionId, row.path))) return;
  if (row.review.get(row.path)?.isEdited !== true) {
    await app.dialogs.choose('info', t('You have not changed the proposal for "{0}".', name), []);
    return;
  }
  const isSure = await app.dialogs.confirm(
    t('Discard your edits of the proposal for "{0}"?', name),
    t(
      'It becomes what the agent proposed; what you rejected of it waits again. Your own file stays as it is.',
    ),
    t('Discard My Edits'),
  );
  if (isSure) await row.review.resetProposal(row.path);
}

async function findTarget(app: App, argument: unknown): Promise<HunkTarget | undefined> {
  const { t } = vscode.l10n;
  if (isHunkNode(argument)) {
    const { row, hunk } = argument;
    const isSaved = await saveProposal(row.review.sessionId, row.path);
    return isSaved ? { row, key: rowKey(row), hunk: hunk.key, line: undefined } : undefined;
  }
  const found = await findHunks(app, argument);
  if (found === undefined) return undefined;
  const { row, key, hunks, place, shown } = found;
  if (hunks.length === 0) {
    const name = toVisibleLine(row.path);
    const message = t('"{0}" has no parts: approve or reject the change as a whole.', name);
    await app.dialogs.choose('info', message, []);
    return undefined;
  }
  const hunk = place && hunkAtPlace(hunks, place, shown);
  if (hunk !== undefined)
    return { row, key, hunk: hunk.key, line: found.mayAdvance ? hunk.newStart : undefined };
  const next = stepHunk(hunks, place, 1) ?? hunks[0];
  if (next !== undefined) await showHunk(app, row, next);
  tell(t('Airlock: no hunk was at the cursor; the next one is selected now. Nothing was decided.'));
  return undefined;
}

/** The next hunk below the decided one, then the next file; other editors are left alone. */
async function goOn(app: App, { row, line }: HunkTarget, next: Row | undefined): Promise<void> {
  const { sessionId } = row.review;
  const rest = app.store.row(sessionId, row.path);
  if (rest !== undefined) await untilReloaded(app, rest);
  if (line !== undefined && isAutoAdvanceOn()) {
    const hunks: readonly Hunk[] = rest === undefined ? [] : await row.review.hunks(row.path);
    const below =
      hunks.find(({ newStart }) => newStart >= line) ?? (next === undefined ? hunks[0] : undefined);
    if (rest !== undefined && below !== undefined) await showHunk(app, rest, below);
    else if (next !== undefined) await showRow(app, next);
  }
  if (rest === undefined)
    await closeDiffs((address) => address.sessionId === sessionId && address.path === row.path);
}

function tell(message: string): void {
  vscode.window.setStatusBarMessage(message, MESSAGE_MS);
}
