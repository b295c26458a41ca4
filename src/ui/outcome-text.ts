import { toVisibleLine } from '../base/visible-text.js';
import type { ApplyOutcome } from '../workspace/review/review-api.js';
import type { Translate } from './translate.js';

const MAX_NAMES = 5;

/** What became of several approvals, in a sentence or three. Done: nothing is left to say to. */
export function describeOutcomes(
  outcomes: readonly ApplyOutcome[],
  t: Translate,
): { readonly isDone: boolean; readonly text: string } {
  const applied = outcomes.filter(({ kind }) => kind === 'applied').length;
  const merged = outcomes.filter(({ kind }) => kind === 'merged');
  const left = outcomes.filter(({ kind }) => kind !== 'applied' && kind !== 'merged');
  if (merged.length + left.length === 0)
    return {
      isDone: true,
      text: applied === 1 ? t('Airlock: 1 change applied') : t('Airlock: {0} changes applied', applied),
    };
  const parts = [applied === 1 ? t('1 change applied.') : t('{0} changes applied.', applied)];
  if (merged.length > 0)
    parts.push(
      t('{0} put together with your edits of the same file; look again: {1}.', merged.length, names(merged)),
    );
  if (left.length > 0) parts.push(t('{0} left for you to decide: {1}.', left.length, names(left)));
  return { isDone: false, text: parts.join(' ') };
}

export function logLine(outcome: ApplyOutcome): string {
  const path = toVisibleLine(outcome.path);
  switch (outcome.kind) {
    case 'applied':
      return `applied ${path}`;
    case 'merged':
      return `merged ${path} with your edits; it waits to be approved again`;
    case 'conflict':
    case 'refused':
      return `${outcome.kind} ${path}: ${toVisibleLine(outcome.reason)}`;
    case 'failed':
      return `failed ${path}: ${outcome.error.message}`;
  }
}

function names(outcomes: readonly ApplyOutcome[]): string {
  const shown = outcomes.slice(0, MAX_NAMES).map(({ path }) => toVisibleLine(path, 80));
  return outcomes.length > MAX_NAMES ? `${shown.join(', ')}, …` : shown.join(', ');
}
