import * as vscode from 'vscode';
import type { ChangeAddress } from './diff-uri.js';
import { parseUriParts } from './diff-uri.js';
import { changeUri } from './review-files.js';
import { diffTitle } from './row-text.js';
import type { Row } from './rows.js';

export interface OpenDiffOptions {
  readonly preserveFocus?: boolean;
  readonly viewColumn?: vscode.ViewColumn;
  /** In the proposal. */
  readonly selection?: vscode.Range;
}

/** Opens both sides of a change beside each other. */
export async function openDiff(row: Row, options: OpenDiffOptions = {}): Promise<void> {
  const { sessionId } = row.review;
  await vscode.commands.executeCommand(
    'vscode.diff',
    changeUri('before', sessionId, row.path),
    changeUri('after', sessionId, row.path),
    diffTitle(row, vscode.l10n.t),
    { preview: true, ...options } satisfies vscode.TextDocumentShowOptions,
  );
}

/** What the diff in the active editor shows, if it is one of ours. */
export function activeDiff(): ChangeAddress | undefined {
  return addressOf(vscode.window.tabGroups.activeTabGroup.activeTab);
}

/** Closes our own diffs that match and hold no unsaved edit. */
export async function closeDiffs(matches: (address: ChangeAddress) => boolean): Promise<void> {
  const tabs = vscode.window.tabGroups.all
    .flatMap((group) => group.tabs)
    .filter((tab) => {
      const address = addressOf(tab);
      return address !== undefined && !tab.isDirty && matches(address);
    });
  if (tabs.length > 0) await vscode.window.tabGroups.close(tabs, true);
}

/** Saves the proposal's editor when it has unsaved edits; false when that failed. */
export async function saveProposal(sessionId: string, path: string): Promise<boolean> {
  const uri = changeUri('after', sessionId, path).toString();
  const dirty = vscode.workspace.textDocuments.find((doc) => doc.isDirty && doc.uri.toString() === uri);
  return dirty === undefined || (await dirty.save());
}

function addressOf(tab: vscode.Tab | undefined): ChangeAddress | undefined {
  const input = tab?.input;
  if (!(input instanceof vscode.TabInputTextDiff)) return undefined;
  const left = parseUriParts(input.original);
  const right = parseUriParts(input.modified);
  return left?.side === 'before' && right?.side === 'after' ? right : undefined;
}
