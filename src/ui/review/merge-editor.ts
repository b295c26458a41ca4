import { setTimeout as sleep } from 'node:timers/promises';
import * as vscode from 'vscode';
import { changeUri } from '../review-files.js';
import type { Row } from '../rows.js';
import { changeIn } from './shown-change.js';

/** VS Code's own; it says nothing when it fails. */
const COMMAND = '_open.mergeEditor';
const OPENS_WITHIN_MS = 3000;
const LOOK_MS = 50;
const MESSAGE_MS = 10_000;

/** Opens VS Code's merge editor on a proposal with conflict markers; false when there is none to be had. */
export async function openMergeEditor({ review: { sessionId }, path }: Row): Promise<boolean> {
  const { t } = vscode.l10n;
  const uriOf = (side: 'base' | 'before' | 'agent' | 'after') => changeUri(side, sessionId, path);
  try {
    await vscode.commands.executeCommand(COMMAND, {
      base: uriOf('base'),
      input1: { uri: uriOf('before'), title: t('Yours'), description: t('In your workspace now') },
      input2: { uri: uriOf('agent'), title: t("Agent's"), description: t('What the agent proposed') },
      output: uriOf('after'),
    });
  } catch {
    // An older or a newer VS Code without it: the caller shows the markers.
    return false;
  }
  for (let waited = 0; waited < OPENS_WITHIN_MS; waited += LOOK_MS) {
    if (isOpen(sessionId, path)) {
      const message = t(
        'Airlock: resolve the conflicts and save; the result is then shown for your approval',
      );
      vscode.window.setStatusBarMessage(message, MESSAGE_MS);
      return true;
    }
    await sleep(LOOK_MS);
  }
  return false;
}

function isOpen(sessionId: string, path: string): boolean {
  return vscode.window.tabGroups.all
    .flatMap(({ tabs }) => tabs)
    .some((tab) => {
      const shown = changeIn(tab);
      return shown?.kind === 'merge' && shown.address.sessionId === sessionId && shown.address.path === path;
    });
}
