import * as vscode from 'vscode';
import { type ChangeAddress, parseUriParts } from '../diff-uri.js';

/** A view type of package.json. */
export const pageViewType = 'airlock.change';

/** What an editor of ours shows. */
export interface ShownChange {
  readonly kind: 'diff' | 'page' | 'merge' | 'text' | 'overview';
  /** Of the proposal. */
  readonly address: ChangeAddress;
}

/** What the active editor shows, if it is one of ours. */
export function activeChange(): ShownChange | undefined {
  const tab = vscode.window.tabGroups.activeTabGroup.activeTab;
  return tab === undefined ? undefined : (changeIn(tab) ?? changeInOverview(tab));
}

/** The change that a tab shows, and nothing else. */
export function changeIn({ input }: vscode.Tab): ShownChange | undefined {
  if (input instanceof vscode.TabInputTextDiff) {
    return parseUriParts(input.original)?.side === 'before' ? proposalIn('diff', input.modified) : undefined;
  }
  if (input instanceof vscode.TabInputCustom)
    return input.viewType === pageViewType ? proposalIn('page', input.uri) : undefined;
  if (input instanceof vscode.TabInputText) return proposalIn('text', input.uri);
  const result = mergeResult(input);
  return result === undefined ? undefined : proposalIn('merge', result);
}

/** Of an editor of many changes: the one that the cursor is in. */
function changeInOverview({ input }: vscode.Tab): ShownChange | undefined {
  const { activeTextEditor } = vscode.window;
  if (!isMultiDiff(input)) return undefined;
  const address = activeTextEditor && parseUriParts(activeTextEditor.document.uri);
  return address && { kind: 'overview', address: { ...address, side: 'after' } };
}

function proposalIn(kind: ShownChange['kind'], uri: vscode.Uri): ShownChange | undefined {
  const address = parseUriParts(uri);
  return address?.side === 'after' ? { kind, address } : undefined;
}

/** The stable API has no class for the inputs of these two. */
function mergeResult(input: unknown): vscode.Uri | undefined {
  const isMerge = typeof input === 'object' && input !== null && 'result' in input && 'input1' in input;
  return isMerge && input.result instanceof vscode.Uri ? input.result : undefined;
}

function isMultiDiff(input: unknown): boolean {
  return typeof input === 'object' && input !== null && 'textDiffs' in input;
}
