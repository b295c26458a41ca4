import * as vscode from 'vscode';
import type { App } from './app.js';
import { commandState } from './command-state.js';
import { unmetNeed } from './commands-model.js';

interface MenuItem extends vscode.QuickPickItem {
  readonly command: string;
}

/** What the status bar's click offers: only what makes sense now. */
export async function showSessionMenu(app: App): Promise<void> {
  const { t } = vscode.l10n;
  const state = commandState(app);
  const items: readonly (MenuItem & { fits: boolean })[] = [
    {
      label: `$(question) ${t('Answer Question')}`,
      command: 'airlock.answerQuestion',
      fits: state.questions > 0,
    },
    { label: `$(eye) ${t('Review Changes')}`, command: 'airlock.review', fits: state.pending > 0 },
    { label: `$(debug-stop) ${t('Stop Agent')}`, command: 'airlock.stop', fits: state.running },
    {
      label: `$(play) ${t('Run Agent in Sandbox')}`,
      command: 'airlock.run',
      fits: unmetNeed('no-session', state) === undefined,
    },
    { label: `$(comment-discussion) ${t('Show Session')}`, command: 'airlock.session.focus', fits: true },
    { label: `$(robot) ${t('Select Agent')}`, command: 'airlock.selectAgent', fits: !state.running },
    { label: `$(key) ${t('Set API Key')}`, command: 'airlock.setApiKey', fits: !state.running },
    { label: `$(output) ${t('Show Log')}`, command: 'airlock.showLog', fits: true },
    {
      label: `$(trash) ${t('Discard Session and Changes')}`,
      command: 'airlock.discard',
      fits: state.running || state.pending > 0,
    },
  ];
  app.tracker.acknowledgeFailure();
  const picked = await app.dialogs.pick(
    items.filter((item) => item.fits),
    { title: 'Airlock' },
  );
  if (picked !== undefined) await vscode.commands.executeCommand(picked.command);
}
