import * as vscode from 'vscode';
import type { App } from './app.js';
import { activeDiff } from './diff-editor.js';
import { parseUriParts } from './diff-uri.js';
import { changeUri } from './review-files.js';
import { type Row, rowKey } from './rows.js';
import type { ChangesNode } from './tree-model.js';

/** The change that a command is about, with the identity of what the user was looking at. */
export interface Target {
  readonly row: Row;
  readonly key: string;
  /** Invoked from our diff editor, so the next diff may take its place. */
  readonly fromEditor: boolean;
}

/** Reads a command's argument: a tree node, the URI of an editor title menu, or nothing (the active diff). */
export function findTarget(app: App, argument: unknown): Target | undefined {
  if (isNode(argument)) {
    return argument.kind === 'row'
      ? { row: argument.row, key: rowKey(argument.row), fromEditor: false }
      : undefined;
  }
  const address = argument instanceof vscode.Uri ? parseUriParts(argument) : activeDiff();
  if (address === undefined) return undefined;
  const row = app.store.row(address.sessionId, address.path);
  if (row === undefined) return undefined;
  const shown = app.proposals.shownKey(changeUri('after', address.sessionId, address.path));
  return { row, key: shown ?? rowKey(row), fromEditor: true };
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
