import { toVisibleLine } from '../base/visible-text.js';
import { type FileState, isFolder } from '../workspace/changes.js';
import { isUndecided, type Row, rowGroup, rowRisks } from './rows.js';
import type { Translate } from './translate.js';

export type Letter = 'A' | 'M' | 'D' | 'R' | 'X' | 'L' | '!';

/** The letter of the decoration; X is a change of the executable bit, L a symbolic link. */
export function rowLetter(row: Row): Letter {
  if (row.reviewed.decision === 'conflict') return '!';
  if (row.old !== undefined) return 'R';
  switch (row.reviewed.change.status) {
    case 'added':
      return 'A';
    case 'modified':
      return 'M';
    case 'deleted':
      return 'D';
    case 'mode':
      return 'X';
    case 'symlink':
      return 'L';
    case 'refused':
      return '!';
  }
}

/** The file's name, or `old → new`; hidden characters made visible. */
export function rowLabel(row: Row): string {
  const name = row.path.slice(row.path.lastIndexOf('/') + 1);
  if (row.old === undefined) return toVisibleLine(name);
  const folder = row.path.slice(0, row.path.length - name.length);
  const old = row.old.change.path;
  return toVisibleLine(`${old.startsWith(folder) ? old.slice(folder.length) : old} → ${name}`);
}

/** The grey text behind the name. */
export function rowDescription(row: Row, t: Translate): string {
  if (row.reviewed.decision === 'conflict') return t('conflict');
  const described = describeChange(row, t);
  return rowRisks(row).length === 0 ? described : `${described} · ${t('protected')}`;
}

/** The same below the heading of its group, which says the rest. */
export function groupedDescription(row: Row, t: Translate): string {
  const { decision } = row.reviewed;
  return decision === 'conflict' && rowGroup(row) !== 'conflicts' ? t('conflict') : describeChange(row, t);
}

function describeChange(row: Row, t: Translate): string {
  const { change, decision } = row.reviewed;
  if (row.old !== undefined) return t('renamed');
  if (!isUndecided(row.reviewed)) return decision === 'applied' ? t('approved') : t('rejected');
  switch (change.status) {
    case 'refused':
      return t('cannot be applied');
    case 'mode':
      return `${modeText(change.before)} → ${modeText(change.after)}`;
    case 'symlink':
      return `→ ${linkText(change.after, t)}`;
    default:
      if (isFolder(change)) return change.status === 'modified' ? t('now a folder') : t('folder');
      return change.binary ? t('binary') : countText(change.added, change.removed);
  }
}

/** What a screen reader says and the tooltip shows. */
export function rowTooltip(row: Row, t: Translate): string {
  const { change, decision, conflict } = row.reviewed;
  const path = toVisibleLine(row.path);
  const lines = [row.old === undefined ? path : `${toVisibleLine(row.old.change.path)} → ${path}`];
  lines.push(`${statusText(row, t)}, ${rowDescription(row, t)}`);
  if (decision === 'conflict' && conflict !== undefined) lines.push(toVisibleLine(conflict));
  if (change.reason !== undefined) lines.push(toVisibleLine(change.reason));
  for (const { reason, line } of rowRisks(row))
    lines.push(
      line === undefined ? t('Protected: {0}', reason) : t('Protected: {0} (line {1})', reason, line + 1),
    );
  return lines.join('\n');
}

export function statusText(row: Row, t: Translate): string {
  if (row.old !== undefined) return t('Renamed');
  switch (row.reviewed.change.status) {
    case 'added':
      return t('Added');
    case 'modified':
      return t('Modified');
    case 'deleted':
      return t('Deleted');
    case 'mode':
      return t('Mode changed');
    case 'symlink':
      return t('Symbolic link');
    case 'refused':
      return t('Refused');
  }
}

function countText(added: number, removed: number): string {
  return `+${added} −${removed}`;
}

export function modeText(state: FileState): string {
  return state.kind === 'file' ? state.mode.toString(8).padStart(3, '0') : '–';
}

export function linkText(state: FileState, t: Translate): string {
  return state.kind === 'symlink' ? toVisibleLine(state.target, 80) : t('no longer a link');
}
