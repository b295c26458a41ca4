import * as vscode from 'vscode';
import type { App } from './app.js';
import { phaseLabel } from './phases.js';
import { sessionColor, sessionLabel } from './session-names.js';
import type { WindowSession } from './window-session.js';

/**
 * The session that a command is for: the one it was given by id, else the only one there is, else the user's choice
 * with the shown one first.
 */
export async function chooseSession(
  app: App,
  argument: unknown,
  from: readonly WindowSession[],
  title: string,
): Promise<WindowSession | undefined> {
  const given = from.find(({ id }) => id === argument);
  if (given !== undefined || from.length < 2) return given ?? from[0];
  const { current } = app.sessions;
  const items = [...from]
    .sort((a, b) => Number(b === current) - Number(a === current))
    .map((entry) => ({
      label: sessionLabel(entry),
      description: describeState(entry),
      iconPath: new vscode.ThemeIcon('circle-filled', new vscode.ThemeColor(sessionColor(entry.number))),
      entry,
    }));
  return (await app.dialogs.pick(items, { title }))?.entry;
}

/** Shows another session in the session view. */
export async function switchSession(app: App, argument: unknown): Promise<void> {
  const entry = await chooseSession(app, argument, app.sessions.list(), vscode.l10n.t('Show which session?'));
  if (entry === undefined) return;
  app.sessions.select(entry);
  // From the view itself the focus is there already.
  if (argument === undefined) await vscode.commands.executeCommand('airlock.session.focus');
}

/** Ends the turn of a working agent; its sandbox stays for a next prompt. One that does not work yet is ended. */
export async function stopAgent(app: App, argument: unknown): Promise<void> {
  const working = app.sessions.live().filter(({ state }) => state.kind !== 'idle');
  const from = working.length > 0 ? working : app.sessions.live();
  const entry = await chooseSession(app, argument, from, vscode.l10n.t('Stop which agent?'));
  if (entry?.state.kind === 'running') entry.session.cancelTurn();
  else await entry?.session.stop();
}

/** Removes the sandbox of a session; its changes stay for review. */
export async function endSession(app: App, argument: unknown): Promise<void> {
  const title = vscode.l10n.t('End which session?');
  const entry = await chooseSession(app, argument, app.sessions.live(), title);
  await entry?.session.stop();
}

function describeState({ state }: WindowSession): string {
  const { t } = vscode.l10n;
  switch (state.kind) {
    case 'starting':
      return phaseLabel(state.phase, t);
    case 'running':
      return phaseLabel('running', t);
    case 'idle':
      return phaseLabel('idle', t);
    case 'stopping':
      return phaseLabel('stopping', t);
    case 'none':
      return state.failure === undefined ? phaseLabel('done', t) : t('Failed');
  }
}
