import * as vscode from 'vscode';
import { agentInfos } from './agent-settings.js';
import type { App } from './app.js';

/** Chooses the agent of the next runs, in the user's own settings. */
export async function selectAgent(app: App): Promise<void> {
  const config = vscode.workspace.getConfiguration('airlock');
  const current = config.get<string>('agent');
  const items = [
    ...Object.entries(agentInfos).map(([id, { title, providers, imageMb }]) => ({
      id,
      label: title,
      description: providers.join(', '),
      detail:
        imageMb === undefined
          ? vscode.l10n.t('Comes with Airlock.')
          : vscode.l10n.t('Fetched once from an npm registry, about {0} MB on disk.', imageMb),
    })),
    {
      id: 'custom',
      label: vscode.l10n.t('Custom'),
      description: 'airlock.customAgent',
      detail: vscode.l10n.t('A program in the sandbox image that speaks the Agent Client Protocol.'),
    },
  ].map((item) => ({ ...item, picked: item.id === current }));
  const title = vscode.l10n.t('Which agent should run in the sandbox?');
  const picked = await app.dialogs.pick(items, { title, placeHolder: current ?? '' });
  if (picked === undefined) return;
  await config.update('agent', picked.id, vscode.ConfigurationTarget.Global);
}
