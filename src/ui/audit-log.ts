import { readdir, stat } from 'node:fs/promises';
import * as path from 'node:path';
import * as vscode from 'vscode';
import type { App } from './app.js';

/** Opens the newest session's audit log as a read-only text. */
export async function showAuditLog(app: App): Promise<void> {
  const file = await findNewestLog(path.join(app.stateDir, 'audit'));
  if (file === undefined) {
    await app.dialogs.choose('info', vscode.l10n.t('There is no audit log yet: no agent has run.'), []);
    return;
  }
  await vscode.window.showTextDocument(vscode.Uri.file(file), { preview: true });
}

async function findNewestLog(dir: string): Promise<string | undefined> {
  const names = await listLogs(dir);
  const files = await Promise.all(
    names.map(async (name) => {
      const file = path.join(dir, name);
      return { file, mtime: (await stat(file)).mtimeMs };
    }),
  );
  return files.sort((a, b) => b.mtime - a.mtime)[0]?.file;
}

async function listLogs(dir: string): Promise<readonly string[]> {
  try {
    return (await readdir(dir)).filter((name) => name.endsWith('.jsonl'));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
}
