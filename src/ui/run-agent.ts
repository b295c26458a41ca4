import * as vscode from 'vscode';
import type { RunRequest } from '../session/api.js';
import type { SessionOutcome } from '../session/events.js';
import { askToAccept } from './accept-unproven.js';
import type { App } from './app.js';
import { askPrompt } from './ask-prompt.js';
import { codeOf } from './failure-actions.js';
import { localFolders } from './local-folders.js';
import { announceOutcome } from './outcome.js';
import { nextTurnEnd, showProgress } from './progress.js';
import { MAX_LIVE } from './sessions.js';
import { readSettings } from './settings.js';
import type { WindowSession } from './window-session.js';

const LAST_PROMPT = 'airlock.lastPrompt';

/** An agent that has been started. */
export interface StartedAgent {
  /** Settles when its first turn, or the session, has ended. */
  readonly turn: Promise<void>;
}

/** From the palette to a running session: trust, folder, prompt, settings, key, start. */
export async function runAgent(app: App): Promise<void> {
  if (!(await isTrusted(app))) return;
  const folder = await pickFolder(app);
  if (folder === undefined) return;
  const prompt = await askTask(app);
  if (prompt === undefined) return;
  const started = await startAgent(app, folder, prompt, () => app.memento.update(LAST_PROMPT, prompt));
  await started?.turn;
}

/** Starts an agent on a task, when the settings and the key are there; `onReady` is called before. */
export async function startAgent(
  app: App,
  folder: vscode.Uri,
  prompt: string,
  onReady: () => Thenable<void> = async () => undefined,
): Promise<StartedAgent | undefined> {
  if (!(await isTrusted(app))) return undefined;
  const result = readSettings(folder);
  if (!result.ok) {
    await reportSettings(app, result.problems);
    return undefined;
  }
  const needsKey = result.settings.editorModels !== true;
  if (needsKey && !(await app.keys.prepare(result.settings, app.dialogs))) return undefined;
  await onReady();

  const entry = await start(app, { workspace: folder.fsPath, prompt, ...result.settings });
  if (entry === undefined) return undefined;
  showProgress(app, entry);
  // Before anything is awaited: a turn may be short.
  const firstTurn = nextTurnEnd(entry);
  const watched = watchSession(app, entry).then(() => offerToAccept(app, entry, folder, prompt));
  watched.catch((error: unknown) => app.logger.error('the end of a session was not told', error));
  // What an agent committed goes with its review: not before it was imported, or discarded by the user.
  const kept = [...app.sessions.live().map(({ id }) => id), ...app.commits.sessionIds()];
  await app.store.discardSettled(new Set(kept));
  return { turn: Promise.race([firstTurn, watched]) };
}

async function isTrusted({ dialogs }: App): Promise<boolean> {
  if (vscode.workspace.isTrusted) return true;
  await dialogs.choose('warning', vscode.l10n.t('Airlock needs a trusted workspace.'), []);
  return false;
}

async function start(app: App, request: RunRequest): Promise<WindowSession | undefined> {
  if (!app.sessions.reserve()) {
    const message = vscode.l10n.t(
      '{0} agents have a sandbox in this window already. End one first.',
      MAX_LIVE,
    );
    await app.dialogs.choose('info', message, []);
    return undefined;
  }
  try {
    const session = await (await app.host()).start(request);
    app.store.add(session.review);
    return app.sessions.add(session, request.prompt);
  } finally {
    app.sessions.release();
  }
}

/** A session that its runtime could not prove safe may be started again without the proof, if the user says so. */
async function offerToAccept(
  app: App,
  entry: WindowSession,
  folder: vscode.Uri,
  prompt: string,
): Promise<void> {
  if (!isUnproven(await entry.ended)) return;
  const result = readSettings(folder);
  if (!result.ok) return;
  if (await askToAccept(app.dialogs, result.settings.runtime ?? 'default', entry.selfTests))
    await startAgent(app, folder, prompt);
}

/** The session ended because of what its runtime cannot prove. */
function isUnproven(outcome: SessionOutcome): boolean {
  return outcome.kind === 'failed' && codeOf(outcome.error) === 'guarantee-unproven';
}

/** Tells of each turn's end, and puts away a review that holds nothing once the session is over. */
async function watchSession(app: App, entry: WindowSession): Promise<void> {
  let isTold = false;
  entry.onDidEndTurn((outcome) => {
    isTold = true;
    announceOutcome(app, entry, outcome);
    refreshCommits(app).catch((error: unknown) => app.logger.error('commits were not looked for', error));
  });
  // A next turn is told of anew.
  entry.onDidChange(() => {
    if (entry.state.kind === 'running') isTold = false;
  });
  const outcome = await entry.ended;
  if (outcome.kind === 'failed') {
    // What can be accepted is asked about, not told of beside the question.
    if (!isUnproven(outcome)) announceOutcome(app, entry, outcome);
  } else if (!isTold)
    announceOutcome(app, entry, { kind: outcome.kind === 'completed' ? 'finished' : 'stopped' });
  const { review } = entry.session;
  await refreshCommits(app);
  if (review.list().length === 0 && !app.commits.sessionIds().includes(review.sessionId))
    await app.store.discard(review);
}

async function refreshCommits(app: App): Promise<void> {
  await app.commits.refresh(await app.host());
}

async function pickFolder(app: App): Promise<vscode.Uri | undefined> {
  const folders = localFolders();
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

function askTask(app: App): Promise<string | undefined> {
  const last = app.memento.get<string>(LAST_PROMPT);
  return askPrompt(app.dialogs, {
    title: vscode.l10n.t('Run Agent in Sandbox'),
    prompt: vscode.l10n.t('It works on a copy; every change waits for your approval.'),
    placeHolder: vscode.l10n.t('What should the agent do?'),
    // Selected as a whole: Enter repeats it, typing replaces it.
    ...(last !== undefined && { value: last }),
  });
}

async function reportSettings(app: App, problems: readonly string[]): Promise<void> {
  const open = vscode.l10n.t('Open Settings');
  const message = vscode.l10n.t('Airlock did not start: {0}.', problems.join('; '));
  if ((await app.dialogs.choose('error', message, [open])) !== open) return;
  await vscode.commands.executeCommand('workbench.action.openSettings', '@ext:airlock.airlock');
}
