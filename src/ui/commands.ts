import * as vscode from 'vscode';
import { answerQuestion } from './answer-question.js';
import type { App } from './app.js';
import { forgetApprovals } from './approvals.js';
import { showAuditLog } from './audit/show-audit-log.js';
import { changesViewId } from './changes-view.js';
import { endSession, stopAgent, switchSession } from './choose-session.js';
import type { CommandSpec } from './command-spec.js';
import { commandState } from './command-state.js';
import { unmetNeed } from './commands-model.js';
import { approveAll, discardAll, rejectAll } from './decide-all.js';
import { copyDoctorReport, showDoctor } from './doctor.js';
import { followUp } from './follow-up.js';
import { importCommits } from './git/import-commits.js';
import { commitCommand } from './git/offer-commit.js';
import { clearApiKey, setApiKey } from './key-commands.js';
import { reviewCommands } from './review/review-commands.js';
import { showRow } from './review/show-hunk.js';
import { reviewPolicy } from './review-policy.js';
import { neighbourRow } from './rows.js';
import { runAgent } from './run-agent.js';
import { selectAgent } from './select-agent.js';
import { showSessionMenu } from './session-menu.js';
import { showFailure } from './show-failure.js';
import { showGuarantees } from './show-guarantees.js';
import { findTarget } from './target.js';
import { treeCommands } from './tree-commands.js';
import { undoApply } from './undo-apply.js';

/** Every command of the extension. */
export const commandTable: readonly CommandSpec[] = [
  { id: 'airlock.run', needs: 'nothing', run: runAgent },
  { id: 'airlock.followUp', needs: 'idle-session', run: followUp },
  { id: 'airlock.stop', needs: 'live-session', run: stopAgent },
  { id: 'airlock.endSession', needs: 'live-session', run: endSession },
  { id: 'airlock.switchSession', needs: 'listed-session', run: switchSession },
  { id: 'airlock.answerQuestion', needs: 'question', run: answerQuestion },
  { id: 'airlock.forgetApprovals', needs: 'nothing', run: forgetApprovals },
  { id: 'airlock.discard', needs: 'session-or-pending', run: discardAll },
  { id: 'airlock.review', needs: 'nothing', run: focusChanges },
  ...treeCommands,
  ...reviewCommands,
  { id: 'airlock.approveAll', needs: 'pending', run: approveAll },
  { id: 'airlock.rejectAll', needs: 'pending', run: rejectAll },
  { id: 'airlock.undoApply', needs: 'nothing', run: undoApply },
  { id: 'airlock.commitApproved', needs: 'nothing', run: commitCommand },
  { id: 'airlock.importCommits', needs: 'nothing', run: importCommits },
  { id: 'airlock.nextChange', needs: 'pending', run: async (app) => openNeighbour(app, 1) },
  { id: 'airlock.previousChange', needs: 'pending', run: async (app) => openNeighbour(app, -1) },
  { id: 'airlock.showLog', needs: 'nothing', run: async (app) => app.channel.show(true) },
  { id: 'airlock.showAuditLog', needs: 'nothing', run: showAuditLog },
  { id: 'airlock.doctor', needs: 'nothing', run: showDoctor },
  { id: 'airlock.copyDoctorReport', needs: 'nothing', run: copyDoctorReport },
  { id: 'airlock.showGuarantees', needs: 'nothing', run: showGuarantees },
  { id: 'airlock.reviewPolicy', needs: 'nothing', run: reviewPolicy },
  { id: 'airlock.selectAgent', needs: 'nothing', run: selectAgent },
  { id: 'airlock.setApiKey', needs: 'nothing', run: setApiKey },
  { id: 'airlock.clearApiKey', needs: 'nothing', run: clearApiKey },
  { id: 'airlock.sessionMenu', needs: 'nothing', run: showSessionMenu },
];

export function registerCommands(app: App): vscode.Disposable {
  return vscode.Disposable.from(
    ...commandTable.map((spec) =>
      vscode.commands.registerCommand(spec.id, (...args: unknown[]) => runCommand(app, spec, args)),
    ),
  );
}

async function runCommand(app: App, spec: CommandSpec, args: readonly unknown[]): Promise<void> {
  const [argument, selected] = args;
  try {
    if (isOfLostNode(args)) return tellLost();
    const unmet = unmetNeed(spec.needs, commandState(app));
    if (unmet === undefined) await spec.run(app, argument, selected);
    else void vscode.window.showInformationMessage(vscode.l10n.t(unmet));
  } catch (error) {
    showFailure(app, error);
  }
}

/**
 * A tree gives its node and the selected ones. A node that was drawn again between the click and here is not found any
 * more, and what was meant must not become what the active editor shows.
 */
function isOfLostNode(args: readonly unknown[]): boolean {
  const [node, selected] = args;
  return args.length > 1 && (node === undefined || node === null) && !Array.isArray(selected);
}

function tellLost(): void {
  const message = vscode.l10n.t('The list has just changed under your click. Nothing was done; try again.');
  void vscode.window.showInformationMessage(message);
}

async function openNeighbour(app: App, step: 1 | -1): Promise<void> {
  const next = neighbourRow(app.store.rows(), findTarget(app, undefined)?.row, step);
  if (next !== undefined) await showRow(app, next);
}

async function focusChanges(): Promise<void> {
  await vscode.commands.executeCommand(`${changesViewId}.focus`);
}
