import * as vscode from 'vscode';
import type { RunRequest } from '../session/api.js';
import { parseAccepted } from './accepted-unproven.js';
import { readModelNetwork } from './model-network.js';
import { parseSettings, type SettingsResult } from './settings-model.js';

/** The settings for a run in a folder. */
export function readSettings(folder?: vscode.Uri): SettingsResult {
  const config = vscode.workspace.getConfiguration('airlock', folder);
  const mask = config.inspect<unknown>('mask');
  const result = parseSettings((key) => config.get<unknown>(key), {
    user: mask?.globalValue,
    workspace: [mask?.workspaceValue, mask?.workspaceFolderValue],
  });
  if (!result.ok) return result;
  return {
    ok: true,
    settings: {
      ...result.settings,
      userPolicy: readUserPolicy(),
      modelNetwork: readModelNetwork(),
      acceptedUnproven: readAccepted(),
    },
  };
}

/** The policy without the workspace's part. A preset that is none counts as the strictest. */
export function readPolicyChoice(): Pick<RunRequest, 'preset' | 'userPolicy'> {
  const result = readSettings();
  return { preset: result.ok ? result.settings.preset : 'read-only', userPolicy: readUserPolicy() };
}

/** From the user's own settings alone: a workspace has its file, which can only tighten. */
function readUserPolicy(): unknown {
  const value = vscode.workspace.getConfiguration('airlock').inspect<unknown>('policy')?.globalValue;
  // VS Code hands out a proxy; the core takes plain data.
  return value === undefined ? undefined : JSON.parse(JSON.stringify(value));
}

/** Accepted by the user alone. What is no list of names accepts nothing. */
export function readAccepted(): Record<string, readonly string[]> {
  const value = vscode.workspace
    .getConfiguration('airlock')
    .inspect<unknown>('acceptedUnproven')?.globalValue;
  return parseAccepted(value);
}

/** What is no number keeps the audit logs for ever. */
export function auditKeepDays(): number {
  const days = vscode.workspace.getConfiguration('airlock').inspect<unknown>('audit.keepDays');
  const value = days?.globalValue ?? days?.defaultValue;
  return typeof value === 'number' && value >= 0 ? value : 0;
}

export function isAutoAdvanceOn(): boolean {
  return vscode.workspace.getConfiguration('airlock').get('review.autoAdvance', true);
}
