import * as vscode from 'vscode';
import type { Hunk } from '../../workspace/hunks/hunks.js';
import type { App } from '../app.js';
import { openDiff } from '../diff-editor.js';
import { changeUri } from '../review-files.js';
import type { Row } from '../rows.js';
import { isLarge } from './diff-title.js';
import { mapLines } from './editor-lines.js';
import { hasHunks } from './find-hunks.js';
import { lineOfHunk } from './hunk-position.js';

export interface ShowOptions {
  readonly preserveFocus?: boolean;
  /** From the end of the file. */
  readonly last?: boolean;
}

/** Opens a change at its first hunk that waits (or its last), where it has any. */
export async function showRow(app: App, row: Row, options: ShowOptions = {}): Promise<void> {
  const { last = false, ...how } = options;
  const hunks = hasHunks(row) && !isLarge(row) ? await row.review.hunks(row.path) : [];
  const hunk = hunks.at(last ? -1 : 0);
  if (hunk === undefined) await openDiff(row, how);
  else await showHunk(app, row, hunk, how);
}

/** Puts the cursor at a hunk of the proposal, in the editor that shows it already or in a new one. */
export async function showHunk(
  app: App,
  row: Row,
  hunk: Hunk,
  options: { readonly preserveFocus?: boolean } = {},
): Promise<void> {
  const uri = changeUri('after', row.review.sessionId, row.path);
  const text = new TextDecoder().decode(await row.review.read(row.path, 'after'));
  const line = mapLines(text).toEditor(lineOfHunk(hunk));
  const selection = new vscode.Range(line, 0, line, 0);
  const { activeTextEditor: active } = vscode.window;
  const isThere = active?.document.uri.toString() === uri.toString();
  if (!isThere) await openDiff(row, { ...options, selection });
  else {
    active.selection = new vscode.Selection(selection.start, selection.end);
    active.revealRange(selection, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
  }
  app.hunkMemory.note(uri.toString(), line, hunk.key);
}
