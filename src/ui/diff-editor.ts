import * as vscode from 'vscode';
import { type ChangeAddress, parseUriParts } from './diff-uri.js';
import { diffTitle, isLarge } from './review/diff-title.js';
import { openMergeEditor } from './review/merge-editor.js';
import { activeChange, changeIn, pageViewType } from './review/shown-change.js';
import { describeTexts } from './review/text-note.js';
import { viewOf } from './review/view-of.js';
import { changeUri } from './review-files.js';
import type { Row } from './rows.js';

const MERGED = 'merged';

export interface OpenDiffOptions {
  readonly preserveFocus?: boolean;
  readonly viewColumn?: vscode.ViewColumn;
  /** In the proposal; of a diff only. */
  readonly selection?: vscode.Range;
}

/** Opens a change in the view that fits it: both sides beside each other, a page, or a merge to be resolved. */
export async function openDiff(row: Row, options: OpenDiffOptions = {}): Promise<void> {
  switch (viewOf(row)) {
    case 'diff':
      await openTextDiff(row, options);
      return;
    case 'page':
      await openPage(row, options);
      return;
    case 'merge':
      if (!(await openMergeEditor(row))) await openMarkers(row, options);
  }
}

/** What the active editor shows, if it is one of ours. */
export function activeDiff(): ChangeAddress | undefined {
  return activeChange()?.address;
}

/** Closes our own editors of changes that match and hold no unsaved edit. */
export async function closeDiffs(matches: (address: ChangeAddress) => boolean): Promise<void> {
  const tabs = listTabs().filter((tab) => {
    const shown = changeIn(tab);
    return shown !== undefined && shown.kind !== 'text' && !tab.isDirty && matches(shown.address);
  });
  if (tabs.length > 0) await vscode.window.tabGroups.close(tabs, true);
}

/** Saves the proposal's editor when it has unsaved edits; false when that failed. */
export async function saveProposal(sessionId: string, path: string): Promise<boolean> {
  const uri = changeUri('after', sessionId, path).toString();
  const dirty = vscode.workspace.textDocuments.find((doc) => doc.isDirty && doc.uri.toString() === uri);
  return dirty === undefined || (await dirty.save());
}

/**
 * The old side of a rename is the file by its old name. A diff that is open keeps its title: one that is to have
 * another must be another one.
 */
async function openTextDiff(row: Row, options: OpenDiffOptions): Promise<void> {
  const { sessionId } = row.review;
  const left = changeUri('before', sessionId, row.old?.change.path ?? row.path);
  await vscode.commands.executeCommand(
    'vscode.diff',
    row.reviewed.merge === 'clean' ? left.with({ query: MERGED }) : left,
    changeUri('after', sessionId, row.path),
    diffTitle(row, vscode.l10n.t, await readNote(row)),
    { preview: true, ...options } satisfies vscode.TextDocumentShowOptions,
  );
  if (row.reviewed.merge === 'clean') await closeFormer(sessionId, row.path);
}

/** What was open of a change before its merge. */
async function closeFormer(sessionId: string, path: string): Promise<void> {
  const tabs = listTabs().filter(({ input, isDirty }) => {
    if (!(input instanceof vscode.TabInputTextDiff) || isDirty || input.original.query === MERGED)
      return false;
    const left = parseUriParts(input.original);
    return left?.side === 'before' && left.sessionId === sessionId && left.path === path;
  });
  if (tabs.length > 0) await vscode.window.tabGroups.close(tabs, true);
}

function listTabs(): readonly vscode.Tab[] {
  return vscode.window.tabGroups.all.flatMap((group) => group.tabs);
}

async function openPage(row: Row, { preserveFocus, viewColumn }: OpenDiffOptions): Promise<void> {
  await vscode.commands.executeCommand(
    'vscode.openWith',
    changeUri('after', row.review.sessionId, row.path),
    pageViewType,
    { preview: true, preserveFocus, viewColumn },
  );
}

async function openMarkers(row: Row, options: OpenDiffOptions): Promise<void> {
  await openTextDiff(row, options);
  const message = vscode.l10n.t(
    'This VS Code has no merge editor to open. The conflicts stand between markers in the proposal on the right; remove them and save.',
  );
  void vscode.window.showInformationMessage(message);
}

async function readNote(row: Row): Promise<string | undefined> {
  const { before, after } = row.reviewed.change;
  if (isLarge(row) || after.kind !== 'file') return undefined;
  const old = row.old?.change.before ?? before;
  if (old.kind !== 'file') return undefined;
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  const texts = [
    await row.review.read(row.old?.change.path ?? row.path, 'before'),
    await row.review.read(row.path, 'after'),
  ].map((bytes) => decoder.decode(bytes));
  return describeTexts(texts[0] ?? '', texts[1] ?? '', vscode.l10n.t);
}
