import * as vscode from 'vscode';
import { toVisibleLine } from '../../base/visible-text.js';
import { changeKey } from '../../workspace/changes.js';
import type { ApplyOutcome } from '../../workspace/review/review-api.js';
import type { App } from '../app.js';
import { resolveConflict } from '../conflict.js';
import type { Row } from '../rows.js';
import { showFailure } from '../show-failure.js';
import { showAgain, showMerged } from './show-again.js';

export interface SettleOptions {
  /** One hunk of the change was to be written. */
  readonly isPart: boolean;
}

/** Tells the user what became of an approval; true when what was approved is decided. */
export async function settle(
  app: App,
  row: Row,
  key: string,
  outcome: ApplyOutcome,
  options: SettleOptions,
): Promise<boolean> {
  const { t } = vscode.l10n;
  switch (outcome.kind) {
    case 'applied':
      app.logger.info(`applied ${toVisibleLine(outcome.path)}`);
      return true;
    case 'conflict': {
      const current = row.review.get(outcome.path);
      if (current === undefined || changeKey(current.change) !== key) {
        await showAgain(app, row);
        return false;
      }
      const answer = await resolveConflict(app, row, key, outcome, options);
      if (answer.kind === 'decided') return true;
      return answer.kind === 'retried' ? settle(app, row, key, answer.outcome, options) : false;
    }
    case 'merged':
      await showMerged(app, row);
      return false;
    case 'refused': {
      const [name, reason] = [toVisibleLine(outcome.path), toVisibleLine(outcome.reason)];
      const message = t('"{0}" cannot be applied: {1}. Nothing was written.', name, reason);
      await app.dialogs.choose('warning', message, []);
      return false;
    }
    case 'failed':
      showFailure(app, outcome.error);
      return false;
  }
}
