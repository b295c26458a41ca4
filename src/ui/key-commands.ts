import * as vscode from 'vscode';
import type { ModelAddress } from '../session/api.js';
import type { App } from './app.js';
import { describeAddress } from './keys.js';
import { readSettings } from './settings.js';

export async function setApiKey(app: App): Promise<void> {
  const address = await currentAddress(app);
  if (address === undefined || !(await app.keys.ask(address, app.dialogs))) return;
  vscode.window.setStatusBarMessage(
    vscode.l10n.t('Airlock: key stored for {0}', describeAddress(address)),
    5000,
  );
}

export async function clearApiKey(app: App): Promise<void> {
  const address = await currentAddress(app);
  if (address === undefined) return;
  await app.keys.clear(address);
  vscode.window.setStatusBarMessage(
    vscode.l10n.t('Airlock: key removed for {0}', describeAddress(address)),
    5000,
  );
}

async function currentAddress(app: App): Promise<ModelAddress | undefined> {
  const result = readSettings();
  if (result.ok) return result.settings;
  await app.dialogs.choose('error', result.problems.join('; '), []);
  return undefined;
}
