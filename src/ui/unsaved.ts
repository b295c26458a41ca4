import { realpath } from 'node:fs/promises';
import * as path from 'node:path';
import * as vscode from 'vscode';
import { toVisibleLine } from '../base/visible-text.js';
import type { App } from './app.js';
import type { Row } from './rows.js';

/** True, with a warning, when an approval would change files under the user's own unsaved edits. */
export async function warnOfUnsavedFiles(app: App, rows: readonly Row[]): Promise<boolean> {
  const dirty = new Set(await Promise.all(dirtyFiles().map(resolveLinks)));
  if (dirty.size === 0) return false;
  const unsaved: string[] = [];
  for (const row of rows) {
    const root = await resolveLinks(row.review.workspace);
    const names = row.old === undefined ? [row.path] : [row.path, row.old.change.path];
    unsaved.push(...names.filter((name) => dirty.has(path.join(root, name))));
  }
  if (unsaved.length === 0) return false;
  const shown = unsaved.slice(0, 5).map((name) => toVisibleLine(name));
  const message = vscode.l10n.t(
    'You have unsaved edits in {0}. Save or revert them, then approve again. Nothing was written.',
    shown.join(', '),
  );
  void app.dialogs
    .choose('warning', message, [])
    .catch((error: unknown) => app.logger.error('a warning could not be shown', error));
  return true;
}

function dirtyFiles(): readonly string[] {
  return vscode.workspace.textDocuments
    .filter((doc) => doc.isDirty && doc.uri.scheme === 'file')
    .map((doc) => doc.uri.fsPath);
}

async function resolveLinks(file: string): Promise<string> {
  try {
    return await realpath(file);
  } catch {
    // An unsaved file that is not on the disk yet has no links to resolve.
    return file;
  }
}
