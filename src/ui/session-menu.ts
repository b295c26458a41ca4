import * as vscode from 'vscode';
import type { App } from './app.js';
import { commandState } from './command-state.js';

interface MenuItem extends vscode.QuickPickItem {
  readonly command: string;
}

/** What the status bar's click offers: only what makes sense now. */
export async function showSessionMenu(app: App): Promise<void> {
  const { t } = vscode.l10n;
  const state = commandState(app);
  const isWorking = state.live > state.idle;
  const items: readonly (MenuItem & { fits: boolean })[] = [
    {
      label: `$(question) ${t('Answer Question')}`,
      command: 'airlock.answerQuestion',
      fits: state.questions > 0,
    },
    { label: `$(eye) ${t('Review Changes')}`, command: 'airlock.review', fits: state.pending > 0 },
    {
      label: `$(comment) ${t('Send Follow-up Prompt')}`,
      command: 'airlock.followUp',
      fits: state.idle > 0,
    },
    { label: `$(debug-stop) ${t('Stop Agent')}`, command: 'airlock.stop', fits: isWorking },
    { label: `$(debug-disconnect) ${t('End Session')}`, command: 'airlock.endSession', fits: state.idle > 0 },
    {
      label: `$(play) ${t('Run Agent in Sandbox')}`,
      command: 'airlock.run',
      fits: true,
    },
    { label: `$(comment-discussion) ${t('Show Session')}`, command: 'airlock.session.focus', fits: true },
    {
      label: `$(shield) ${t('Show Sandbox Guarantees')}`,
      command: 'airlock.showGuarantees',
      fits: app.sessions.current !== undefined,
    },
    { label: `$(list-tree) ${t('Show Audit Log')}`, command: 'airlock.showAuditLog', fits: true },
    { label: `$(layers) ${t('Switch Session')}`, command: 'airlock.switchSession', fits: state.listed > 1 },
    { label: `$(robot) ${t('Select Agent')}`, command: 'airlock.selectAgent', fits: true },
    { label: `$(key) ${t('Set API Key')}`, command: 'airlock.setApiKey', fits: true },
    { label: `$(output) ${t('Show Log')}`, command: 'airlock.showLog', fits: true },
    {
      label: `$(trash) ${t('Discard Session and Changes')}`,
      command: 'airlock.discard',
      fits: state.live > 0 || state.pending > 0,
    },
  ];
  app.sessions.acknowledgeFailures();
  const picked = await app.dialogs.pick(
    items.filter((item) => item.fits),
    { title: 'Airlock' },
  );
  if (picked !== undefined) await vscode.commands.executeCommand(picked.command);
}
