import { toVisibleLine } from '../../../base/visible-text.js';
import type { FileState } from '../../../workspace/changes.js';
import { linkText, modeText, rowDescription, statusText } from '../../row-text.js';
import { isUndecided, type Row, rowRisks } from '../../rows.js';
import type { Translate } from '../../translate.js';
import { isModeChange, modesText } from '../diff-title.js';
import type { Preview } from './preview.js';

export interface PageSide {
  readonly title: string;
  readonly facts: readonly PageFact[];
  readonly preview?: Preview;
}

export interface PageFact {
  readonly label: string;
  readonly value: string;
  /** The other side has another one. */
  readonly isChanged: boolean;
}

/** Everything that the page of a change says. Untrusted text has been made visible. */
export interface PageModel {
  readonly heading: string;
  readonly status: string;
  readonly notes: readonly string[];
  readonly sides: readonly PageSide[];
  readonly canApprove: boolean;
  readonly canReject: boolean;
  /** There is text to be looked at besides. */
  readonly canShowText: boolean;
}

export interface Previews {
  readonly before?: Preview | undefined;
  readonly after?: Preview | undefined;
}

export function describePage(row: Row, previews: Previews, t: Translate): PageModel {
  const { reviewed, old } = row;
  const { change } = reviewed;
  const path = toVisibleLine(row.path);
  const isOpen = isUndecided(reviewed);
  const isRefused = change.status === 'refused';
  const before = old?.change.before ?? change.before;
  return {
    heading: old === undefined ? path : `${toVisibleLine(old.change.path)} → ${path}`,
    status: `${statusText(row, t)}, ${rowDescription(row, t)}`,
    notes: listNotes(row, t),
    sides: isRefused
      ? []
      : [
          toSide(t('Yours'), before, change.after, previews.before, t),
          toSide(t('Proposed by agent'), change.after, before, previews.after, t),
        ],
    canApprove: isOpen && !isRefused,
    canReject: isOpen,
    canShowText: change.status === 'mode' && !change.binary,
  };
}

function listNotes(row: Row, t: Translate): readonly string[] {
  const { change, conflict } = row.reviewed;
  const { before, after } = change;
  return [
    ...(isUndecided(row.reviewed) ? [] : [t('This change has been decided.')]),
    ...(isModeChange(before, after) ? [t('Mode {0}.', modesText(before, after))] : []),
    ...(change.status === 'mode' ? [t('The content is the same.')] : []),
    ...(change.reason === undefined ? [] : [t('It cannot be applied: {0}.', toVisibleLine(change.reason))]),
    ...(conflict === undefined ? [] : [t('Conflict: {0}.', toVisibleLine(conflict))]),
    ...rowRisks(row).map(({ reason }) => t('Protected: {0}.', reason)),
  ];
}

function toSide(
  title: string,
  state: FileState,
  other: FileState,
  preview: Preview | undefined,
  t: Translate,
): PageSide {
  const others = new Map(listFacts(other, undefined, t));
  const facts = listFacts(state, preview, t).map(([label, value]) => ({
    label,
    value,
    isChanged: others.has(label) && others.get(label) !== value,
  }));
  return { title, facts, ...(preview === undefined ? {} : { preview }) };
}

function listFacts(
  state: FileState,
  preview: Preview | undefined,
  t: Translate,
): readonly (readonly [string, string])[] {
  switch (state.kind) {
    case 'absent':
      return [[t('File'), t('none')]];
    case 'directory':
      return [[t('Folder'), t('empty')]];
    case 'symlink':
      return [[t('Link to'), linkText(state, t)]];
    case 'file':
      return [
        [t('Size'), t('{0} bytes', state.size.toLocaleString('en'))],
        ...(preview?.kind === 'image'
          ? [[t('Picture'), `${preview.width} × ${preview.height}`] as const]
          : []),
        [t('Mode'), modeText(state)],
        ['SHA-256', state.sha256],
      ];
  }
}
