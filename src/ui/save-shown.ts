import * as vscode from 'vscode';
import { changeKey, stateKey } from '../workspace/changes.js';
import type { Review, ReviewedChange } from '../workspace/review/review-api.js';
import { shownKeys } from '../workspace/review/shown-keys.js';
import { saveProposal } from './diff-editor.js';
import { changeUri } from './review-files.js';
import { type Row, rowEntries } from './rows.js';

/** For each review the `changeKey` of its changes by path, as they stand in the rows now. */
export type ShownKeys = ReadonlyMap<Review, Map<string, string>>;

/** What is decided is what stands here while a question is asked, whatever the agent proposes meanwhile. */
export function keysOf(rows: readonly Row[]): ShownKeys {
  const entries = new Map<Review, ReviewedChange[]>();
  for (const row of rows) {
    const known = entries.get(row.review) ?? [];
    known.push(...rowEntries(row));
    entries.set(row.review, known);
  }
  return new Map([...entries].map(([review, shown]) => [review, shownKeys(shown)]));
}

/**
 * Saves the user's own edits of the proposals, and takes the saved texts for what was shown. Tells which rows were
 * saved; undefined when that failed.
 */
export async function saveEdited(
  rows: readonly Row[],
  shown: ShownKeys,
): Promise<readonly Row[] | undefined> {
  const edited = new Map(
    vscode.workspace.textDocuments.filter((doc) => doc.isDirty).map((doc) => [doc.uri.toString(), doc]),
  );
  if (edited.size === 0) return [];
  const saved: Row[] = [];
  for (const row of rows) {
    const doc = edited.get(changeUri('after', row.review.sessionId, row.path).toString());
    if (doc === undefined) continue;
    if (!(await saveProposal(row.review.sessionId, row.path))) return undefined;
    await takeSaved(row, doc.getText(), shown.get(row.review));
    saved.push(row);
  }
  return saved;
}

async function takeSaved(row: Row, text: string, keys: Map<string, string> | undefined): Promise<void> {
  const { review, path } = row;
  const saved = review.get(path);
  // Only with the user's own text in it: the agent may have proposed another one in the same moment.
  if (saved === undefined || new TextDecoder().decode(await review.read(path, 'after')) !== text) return;
  const isSameBase = stateKey(saved.change.before) === stateKey(row.reviewed.change.before);
  const now = review.get(path);
  if (isSameBase && now !== undefined && changeKey(now.change) === changeKey(saved.change))
    for (const [name, key] of shownKeys([saved])) keys?.set(name, key);
}
