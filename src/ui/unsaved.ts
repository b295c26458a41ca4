import { realpath } from 'node:fs/promises';
import * as path from 'node:path';
import * as vscode from 'vscode';
import { toVisibleLine } from '../base/visible-text.js';
import type { App } from './app.js';
import type { Row } from './rows.js';

const MAX_NAMED = 5;

/**
 * True when an approval would change files under the user's own unsaved edits, and they do not want these saved now.
 * One question for all files.
 */
export async function waitsForUnsaved({ dialogs }: App, rows: readonly Row[]): Promise<boolean> {
  const unsaved = await findUnsaved(rows);
  if (unsaved.length === 0) return false;
  const { t } = vscode.l10n;
  const names = unsaved.slice(0, MAX_NAMED).map(({ name }) => toVisibleLine(name));
  const isSure = await dialogs.confirm(
    unsaved.length === 1
      ? t('You have unsaved edits in "{0}".', names.join())
      : t('You have unsaved edits in {0} files: {1}.', unsaved.length, names.join(', ')),
    t(
      'Saved, they are put together with the proposal where that is possible, and you look at the result first. Nothing has been written yet.',
    ),
    t('Save and Continue'),
  );
  if (!isSure) return true;
  for (const { document, name } of unsaved) {
    if (await document.save()) continue;
    await dialogs.choose(
      'warning',
      t('"{0}" could not be saved. Nothing was written.', toVisibleLine(name)),
      [],
    );
    return true;
  }
  return false;
}

/** The user's open files with unsaved edits among those that the rows would write. */
async function findUnsaved(
  rows: readonly Row[],
): Promise<readonly { readonly document: vscode.TextDocument; readonly name: string }[]> {
  const dirty = vscode.workspace.textDocuments.filter((doc) => doc.isDirty && doc.uri.scheme === 'file');
  if (dirty.length === 0) return [];
  const byFile = new Map<string, vscode.TextDocument>();
  for (const document of dirty) byFile.set(await resolveLinks(document.uri.fsPath), document);
  const found = new Map<vscode.TextDocument, string>();
  for (const row of rows) {
    const root = await resolveLinks(row.review.workspace);
    const names = row.old === undefined ? [row.path] : [row.path, row.old.change.path];
    for (const name of names) {
      const document = byFile.get(path.join(root, name));
      if (document !== undefined) found.set(document, name);
    }
  }
  return [...found].map(([document, name]) => ({ document, name }));
}

async function resolveLinks(file: string): Promise<string> {
  try {
    return await realpath(file);
  } catch {
    // An unsaved file that is not on the disk yet has no links to resolve.
    return file;
  }
}
