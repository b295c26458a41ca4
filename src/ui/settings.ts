import * as vscode from 'vscode';
import { parseSettings, type SettingsResult } from './settings-model.js';

/** The settings for a run in a folder. */
export function readSettings(folder?: vscode.Uri): SettingsResult {
  const config = vscode.workspace.getConfiguration('airlock', folder);
  const mask = config.inspect<unknown>('mask');
  return parseSettings((key) => config.get<unknown>(key), {
    user: mask?.globalValue,
    workspace: [mask?.workspaceValue, mask?.workspaceFolderValue],
  });
}

export function isAutoAdvanceOn(): boolean {
  return vscode.workspace.getConfiguration('airlock').get('review.autoAdvance', true);
}
