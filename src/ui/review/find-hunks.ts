import * as vscode from 'vscode';
import { changeKey } from '../../workspace/changes.js';
import type { Hunk } from '../../workspace/hunks/hunks.js';
import type { App } from '../app.js';
import { saveProposal } from '../diff-editor.js';
import { type ChangeAddress, parseUriParts } from '../diff-uri.js';
import { changeUri, nameFile } from '../review-files.js';
import { type Row, rowKey } from '../rows.js';
import { mapLines } from './editor-lines.js';
import type { Place } from './hunk-position.js';
import { showAgain } from './show-again.js';
import { activeChange } from './shown-change.js';
import { viewOf } from './view-of.js';

/** The hunks of the change that the user looks at, and where the cursor is among them. */
export interface FoundHunks {
  readonly row: Row;
  /** `changeKey` of what is shown. */
  readonly key: string;
  readonly hunks: readonly Hunk[];
  readonly place: Place | undefined;
  /** Key of the hunk that was put under the cursor, and is still there. */
  readonly shown: string | undefined;
  /** The next file may take this one's place in the editor. */
  readonly mayAdvance: boolean;
}

/**
 * Saves the user's unsaved edits of the proposal first, so that the hunks are those on the screen. Undefined when
 * there is no change to look at, or the proposal has become another one, which is then shown.
 */
export async function findHunks(app: App, argument: unknown): Promise<FoundHunks | undefined> {
  const active = activeChange();
  const address = argument instanceof vscode.Uri ? parseUriParts(argument) : active?.address;
  if (address === undefined) return undefined;
  const { sessionId, path } = address;
  const shownRow = app.store.row(sessionId, path);
  if (shownRow === undefined || !(await saveProposal(sessionId, shownRow.path))) return undefined;
  const row = app.store.row(sessionId, path);
  if (row === undefined) return undefined;
  const key = app.proposals.shownKey(changeUri('after', sessionId, row.path)) ?? rowKey(row);
  const hunks = hasHunks(row) ? await row.review.hunks(row.path) : [];
  const current = row.review.get(row.path);
  if (current === undefined || changeKey(current.change) !== key) {
    await showAgain(app, row);
    return undefined;
  }
  const editor = editorOf(row, address);
  const place = editor === undefined ? undefined : await placeIn(row, editor);
  const line = editor?.selection.active.line ?? 0;
  return {
    row,
    key,
    hunks,
    place,
    shown: editor === undefined ? undefined : app.hunkMemory.recall(editor.document.uri.toString(), line),
    mayAdvance: active?.kind === 'diff',
  };
}

/** Whether a change can be decided in parts: of a rename, a deletion or a picture there are none. */
export function hasHunks(row: Row): boolean {
  return row.old === undefined && viewOf(row) === 'diff';
}

/** The editor with the cursor, on either side; else the proposal's. */
function editorOf(row: Row, { sessionId }: ChangeAddress): vscode.TextEditor | undefined {
  const { activeTextEditor, visibleTextEditors } = vscode.window;
  const uris = [changeUri('after', sessionId, row.path), changeUri('before', sessionId, row.path)];
  const [after = '', before = ''] = uris.map((uri) => uri.toString());
  const nameOf = (editor: vscode.TextEditor | undefined) => (editor ? nameFile(editor.document.uri) : '');
  const active = nameOf(activeTextEditor);
  if (active === after || active === before) return activeTextEditor;
  return visibleTextEditors.find((editor) => nameOf(editor) === after);
}

async function placeIn(row: Row, editor: vscode.TextEditor): Promise<Place> {
  const isOld = parseUriParts(editor.document.uri)?.side === 'before';
  const text = new TextDecoder().decode(await row.review.read(row.path, isOld ? 'before' : 'after'));
  const line = mapLines(text).fromEditor(editor.selection.active.line);
  return { side: isOld ? 'old' : 'new', line };
}
