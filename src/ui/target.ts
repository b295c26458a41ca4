import * as vscode from 'vscode';
import type { App } from './app.js';
import { parseUriParts } from './diff-uri.js';
import { activeChange } from './review/shown-change.js';
import { changeUri } from './review-files.js';
import { type Row, rowKey } from './rows.js';
import type { ChangesNode, HunkNode } from './tree-model.js';

/** The change that a command is about, with the identity of what the user was looking at. */
export interface Target {
  readonly row: Row;
  readonly key: string;
  /** Invoked from the change's own editor, so the next one may take its place. */
  readonly fromEditor: boolean;
}

/** Reads a command's argument: a tree node, the URI of a menu or a page of ours, or nothing (the active editor). */
export function findTarget(app: App, argument: unknown): Target | undefined {
  if (isNode(argument)) {
    return argument.kind === 'row' || argument.kind === 'hunk'
      ? { row: argument.row, key: rowKey(argument.row), fromEditor: false }
      : undefined;
  }
  const active = activeChange();
  const uri = readUri(argument);
  const address = uri === undefined ? active?.address : parseUriParts(uri);
  if (address === undefined) return undefined;
  const row = app.store.row(address.sessionId, address.path);
  if (row === undefined) return undefined;
  const shown = app.proposals.shownKey(changeUri('after', address.sessionId, row.path));
  return { row, key: shown ?? rowKey(row), fromEditor: active?.kind !== 'overview' };
}

const nodeKinds: readonly unknown[] = [
  'session',
  'group',
  'folder',
  'row',
  'hunk',
  'more',
] satisfies ChangesNode['kind'][];

export function isNode(value: unknown): value is ChangesNode {
  return typeof value === 'object' && value !== null && 'kind' in value && nodeKinds.includes(value.kind);
}

export function isHunkNode(value: unknown): value is Pick<HunkNode, 'kind' | 'row' | 'hunk'> {
  return isNode(value) && value.kind === 'hunk';
}

/** A link in a page of ours gives a text. */
function readUri(argument: unknown): vscode.Uri | undefined {
  if (argument instanceof vscode.Uri) return argument;
  return typeof argument === 'string' ? vscode.Uri.parse(argument, true) : undefined;
}
