import { toVisibleLine } from '../../base/visible-text.js';
import type { FileState } from '../../workspace/changes.js';
import { linkText, modeText } from '../row-text.js';
import type { Row } from '../rows.js';
import type { Translate } from '../translate.js';

/** Above this VS Code takes long to compare two texts, and may give up. */
export const LARGE_BYTES = 1024 * 1024;
const LARGE_LINES = 50_000;

/** Title of the diff editor: the path, and in brackets what the two texts alone do not tell. */
export function diffTitle(row: Row, t: Translate, note?: string): string {
  const path = toVisibleLine(row.path);
  const name = row.old === undefined ? path : `${toVisibleLine(row.old.change.path)} → ${path}`;
  const { before, after, status } = row.reviewed.change;
  const notes = [
    proposalText(row, t),
    ...(status !== 'mode' && isModeChange(before, after) ? [t('mode {0}', modesText(before, after))] : []),
    ...(note === undefined ? [] : [note]),
    ...(isLarge(row) ? [t('large: the comparison may be incomplete')] : []),
  ];
  return `${name} (${notes.join(' · ')})`;
}

export function isLarge({ reviewed: { change } }: Pick<Row, 'reviewed'>): boolean {
  const { before, after, added, removed } = change;
  return Math.max(sizeOf(before), sizeOf(after)) > LARGE_BYTES || added + removed > LARGE_LINES;
}

/** `644 → 755` */
export function modesText(before: FileState, after: FileState): string {
  return `${modeText(before)} → ${modeText(after)}`;
}

/** Only the executable bit is brought to the workspace. */
export function isModeChange(before: FileState, after: FileState): boolean {
  return before.kind === 'file' && after.kind === 'file' && ((before.mode ^ after.mode) & 0o111) !== 0;
}

function proposalText({ reviewed, old }: Row, t: Translate): string {
  const { change, merge } = reviewed;
  if (merge === 'clean') return t('merged with your edits');
  if (old !== undefined) return t('rename proposed by agent');
  switch (change.status) {
    case 'deleted':
      return t('deletion proposed by agent');
    case 'mode':
      return t('mode {0} proposed by agent', modesText(change.before, change.after));
    case 'symlink':
      return t('symbolic link to {0} proposed by agent', linkText(change.after, t));
    case 'refused':
      return t('cannot be applied');
    default:
      return t('proposed by agent');
  }
}

function sizeOf(state: FileState): number {
  return state.kind === 'file' ? state.size : 0;
}
