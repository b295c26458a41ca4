import { toVisibleLine } from '../base/visible-text.js';
import { hunkDescription, hunkLabel } from './hunk-view.js';
import { groupedDescription, rowDescription, rowTooltip } from './row-text.js';
import type { Row } from './rows.js';
import { rowMark, type Summary } from './summary.js';
import type { Translate } from './translate.js';
import type { FolderNode, GroupNode, HunkNode, RowNode } from './tree-model.js';

/** `+123 −45` */
export function countsText({ added, removed }: Pick<Summary, 'added' | 'removed'>): string {
  return `+${added} −${removed}`;
}

export function filesText(files: number, t: Translate): string {
  return files === 1 ? t('1 file') : t('{0} files', files);
}

/** `2 of 5 marked`, or nothing when nothing is. */
export function marksText({ markable, marked, partly }: Summary, t: Translate): string | undefined {
  if (marked + partly === 0) return undefined;
  return partly === 0
    ? t('{0} of {1} marked', marked, markable)
    : t('{0} of {1} marked, {2} in part', marked, markable, partly);
}

/** A folder is ticked when all that can be is; where only some is, it says how many. */
export function isFullyMarked({ markable, marked }: Summary): boolean {
  return markable > 0 && marked === markable;
}

export function groupLabel({ group, children }: GroupNode, t: Translate): string {
  return group === 'protected'
    ? t('Protected ({0})', children.length)
    : t('Conflicts ({0})', children.length);
}

export function groupTooltip({ group }: GroupNode, t: Translate): string {
  return group === 'protected'
    ? t(
        'Can do something by themselves. They are never part of "approve all", and each is asked about once more.',
      )
    : t('You changed these files too. Each is decided on its own.');
}

export function folderDescription({ summary }: FolderNode, t: Translate): string {
  const marks = isFullyMarked(summary) ? undefined : marksText(summary, t);
  return [marks, countsText(summary)].filter((part) => part !== undefined).join(' · ');
}

/** The name, and what is below it. */
export function summaryTooltip(name: string, summary: Summary, t: Translate): string {
  const lines = [name, `${filesText(summary.files, t)}, ${countsText(summary)}`, marksText(summary, t)];
  return lines.filter((line) => line !== undefined).join('\n');
}

/** The grey text behind the name; in a list with the folder, which the tree shows by its place. */
export function rowNodeDescription(
  { row, isListed }: RowNode,
  hunks: number | undefined,
  t: Translate,
): string {
  const folder = row.path.includes('/') ? row.path.slice(0, row.path.lastIndexOf('/')) : undefined;
  const parts = [
    rowMark(row) === 'part' ? partMarkedText(row, hunks, t) : undefined,
    isListed ? groupedDescription(row, t) : rowDescription(row, t),
    row.reviewed.changedSince || row.reviewed.fresh.size > 0 ? t('new since you decided') : undefined,
    isListed && folder !== undefined ? toVisibleLine(folder) : undefined,
  ];
  return parts.filter((part) => part !== undefined).join(' · ');
}

export function rowNodeTooltip({ row }: RowNode, hunks: number | undefined, t: Translate): string {
  const lines = [rowTooltip(row, t), ...rowNotes(row, t), rowMarksText(row, hunks, t)];
  return lines.filter((line) => line !== undefined).join('\n');
}

export function hunkTooltip({ hunk, row }: HunkNode, t: Translate): string {
  const isFresh = row.reviewed.fresh.has(hunk.key);
  return `${toVisibleLine(row.path)}\n${hunkLabel(hunk)}\n${hunkDescription(hunk, isFresh, t)}`;
}

/** What the checkbox of the node says to a screen reader. */
export function checkboxLabel(name: string, isMarked: boolean, t: Translate): string {
  return isMarked ? t('{0} is marked to be applied', name) : t('Mark {0} to be applied', name);
}

/** A label for screen readers: no line break, and numbers with their words. */
export function spokenText(tooltip: string, t: Translate): string {
  return tooltip
    .replaceAll('\n', ', ')
    .replaceAll(/\+(\d+) −(\d+)/g, (_, added: string, removed: string) =>
      t('{0} lines added, {1} removed', added, removed),
    );
}

export function isHunkMarked({ row, hunk }: HunkNode): boolean {
  const { mark } = row.reviewed;
  return mark.kind === 'all' || (mark.kind === 'hunks' && mark.keys.has(hunk.key));
}

function rowMarksText(row: Row, hunks: number | undefined, t: Translate): string | undefined {
  const mark = rowMark(row);
  if (mark === 'none') return undefined;
  return mark === 'all' ? t('marked') : t('{0}, by its hunks', partMarkedText(row, hunks, t));
}

function partMarkedText({ reviewed: { mark } }: Row, hunks: number | undefined, t: Translate): string {
  if (mark.kind !== 'hunks') return t('marked in part');
  return hunks === undefined
    ? t('{0} marked', mark.keys.size)
    : t('{0} of {1} marked', mark.keys.size, hunks);
}

function rowNotes({ reviewed }: Row, t: Translate): readonly string[] {
  const notes = [
    reviewed.changedSince ? t('The agent has changed it again since you decided') : undefined,
    reviewed.fresh.size > 0
      ? t('{0} of its hunks are new since you decided', reviewed.fresh.size)
      : undefined,
    reviewed.isEdited && reviewed.merge === undefined ? t('You edited this proposal') : undefined,
    reviewed.merge === 'clean' ? t('Your own edits of the file are in this proposal') : undefined,
  ];
  return notes.filter((note) => note !== undefined);
}
