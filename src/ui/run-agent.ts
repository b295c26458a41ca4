import * as vscode from 'vscode';
import type { RunningSession, RunRequest } from '../session/api.js';
import type { App } from './app.js';
import { announceOutcome } from './outcome.js';
import { showProgress } from './progress.js';
import { readSettings } from './settings.js';

const LAST_PROMPT = 'airlock.lastPrompt';
const MAX_PROMPT = 20_000;

/** From the palette to a running session: trust, folder, prompt, settings, key, start. */
export async function runAgent(app: App): Promise<void> {
  if (!vscode.workspace.isTrusted) {
    await app.dialogs.choose('warning', vscode.l10n.t('Airlock needs a trusted workspace.'), []);
    return;
  }
  const folder = await pickFolder(app);
  if (folder === undefined) return;
  const prompt = await askPrompt(app);
  if (prompt === undefined) return;
  const result = readSettings(folder);
  if (!result.ok) {
    await reportSettings(app, result.problems);
    return;
  }
  if (!(await app.keys.prepare(result.settings, app.dialogs))) return;
  await app.memento.update(LAST_PROMPT, prompt);

  if (!app.tracker.reserve()) {
    await app.dialogs.choose('info', vscode.l10n.t('An agent is running in this window already.'), []);
    return;
  }
  const session = await start(app, {
    workspace: folder.fsPath,
    prompt,
    ...result.settings,
  });
  const finished = app.tracker.follow(session, prompt);
  app.store.add(session.review);
  showProgress(app, session);
  await app.store.discardSettled(session.id);
  const outcome = await finished;
  announceOutcome(app, session, outcome);
  if (session.review.list().length === 0) await app.store.discard(session.review);
}

async function start(app: App, request: RunRequest): Promise<RunningSession> {
  try {
    const host = await app.host();
    return await host.start(request);
  } catch (error) {
    app.tracker.release();
    throw error;
  }
}

async function pickFolder(app: App): Promise<vscode.Uri | undefined> {
  const folders = (vscode.workspace.workspaceFolders ?? []).filter((folder) => folder.uri.scheme === 'file');
  if (folders.length > 1) {
    const items = folders.map((folder) => ({ label: folder.name, description: folder.uri.fsPath, folder }));
    const picked = await app.dialogs.pick(items, { title: vscode.l10n.t('Run the agent on which folder?') });
    return picked?.folder.uri;
  }
  if (folders[0] !== undefined) return folders[0].uri;
  const open = vscode.l10n.t('Open Folder');
  const chosen = await app.dialogs.choose('info', vscode.l10n.t('Open a folder for the agent to work on.'), [
    open,
  ]);
  if (chosen === open) await vscode.commands.executeCommand('vscode.openFolder');
  return undefined;
}

async function askPrompt(app: App): Promise<string | undefined> {
  const last = app.memento.get<string>(LAST_PROMPT);
  const prompt = await app.dialogs.input({
    title: vscode.l10n.t('Run Agent in Sandbox'),
    prompt: vscode.l10n.t('It works on a copy; every change waits for your approval.'),
    placeHolder: vscode.l10n.t('What should the agent do?'),
    // Selected as a whole: Enter repeats it, typing replaces it.
    ...(last !== undefined && { value: last }),
    ignoreFocusOut: true,
    validateInput: (value) =>
      value.length > MAX_PROMPT ? vscode.l10n.t('At most {0} characters.', MAX_PROMPT) : undefined,
  });
  return prompt?.trim() || undefined;
}

async function reportSettings(app: App, problems: readonly string[]): Promise<void> {
  const open = vscode.l10n.t('Open Settings');
  const message = vscode.l10n.t('Airlock did not start: {0}.', problems.join('; '));
  if ((await app.dialogs.choose('error', message, [open])) !== open) return;
  await vscode.commands.executeCommand('workbench.action.openSettings', '@ext:airlock.airlock');
}
