import { toVisibleLine } from '../../base/visible-text.js';
import { plural } from './context.js';
import type { ChangeEntry, ChangesDocument, HunkEntry } from './documents.js';
import { shortId } from './hunk-ids.js';
import { type Place, showPath } from './select-changes.js';

/** The document for people: a line a change, and what there is to say of it below. */
export function renderChanges({ session, changes }: ChangesDocument, place: Place): string {
  const head = `Session ${session.id}, ${session.createdAt}, in ${toVisibleLine(session.workspace)}\n`;
  const prompt = `  ${toVisibleLine(session.prompt, 100)}\n\n`;
  const lines = changes.flatMap((change) => [renderLine(change, place), ...renderDetails(change, place)]);
  const rest = lines.length === 0 ? '' : '\n';
  return `${head}${prompt}${lines.map((line) => `${line}\n`).join('')}${rest}${summarise(changes)}\n`;
}

/** The letter, the decision, the size, the path. */
function renderLine(change: ChangeEntry, place: Place): string {
  const columns = [letterOf(change), change.state.padEnd(15), describeSize(change).padStart(10)];
  return `${columns.join('  ')}  ${showPath(change.path, place)}`;
}

/** As in the editor: X is a change of the executable bit, L a symbolic link, ! what is refused. */
export function letterOf({ status }: Pick<ChangeEntry, 'status'>): string {
  switch (status) {
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

function describeSize({ status, binary, added, removed, after }: ChangeEntry): string {
  if (status === 'refused' || status === 'symlink') return '';
  if (status === 'mode') return after.kind === 'file' && (after.mode & 0o111) !== 0 ? '+x' : '−x';
  return binary ? 'binary' : `+${added} −${removed}`;
}

function renderDetails(change: ChangeEntry, place: Place): string[] {
  const { after, status, renamedFrom, merge, reason, hunks = [] } = change;
  const details: string[] = [];
  if (status === 'symlink' && after.kind === 'symlink')
    details.push(`link to ${toVisibleLine(after.target)}`);
  if (renamedFrom !== undefined) details.push(`renamed from ${showPath(renamedFrom, place)}`);
  for (const risk of change.protected) details.push(`protected: ${toVisibleLine(risk.reason)}`);
  if (reason !== undefined) details.push(`${change.state}: ${toVisibleLine(reason)}`);
  if (merge === 'clean') details.push('merged with your edits of the real file');
  if (change.changedSince) details.push('the agent changed lines since that you had decided on');
  return [...details, ...hunks.map(renderHunk)].map((detail) => `     ${detail}`);
}

function renderHunk({ id, before, after, approved, fresh }: HunkEntry): string {
  const ranges = `@@ -${before.start},${before.lines} +${after.start},${after.lines} @@`;
  return [shortId({ key: id }), ranges, ...(approved ? ['approved'] : []), ...(fresh ? ['new'] : [])].join(
    '  ',
  );
}

function summarise(changes: readonly ChangeEntry[]): string {
  const counts = new Map<string, number>();
  for (const { state } of changes) counts.set(state, (counts.get(state) ?? 0) + 1);
  const parts = [...counts].map(([state, count]) => `${count} ${state}`);
  return `${plural(changes.length, 'change')}${parts.length === 0 ? '' : `: ${parts.join(', ')}`}. ${nextStep(counts)}`;
}

function nextStep(counts: ReadonlyMap<string, number>): string {
  if (counts.has('approved') || counts.has('partly approved'))
    return '`airlock apply` writes what is approved.';
  if (counts.has('pending'))
    return '`airlock diff` shows them; `airlock approve PATH…` marks what is to be written.';
  if (counts.has('conflict')) return '`airlock diff` shows what an overwrite would do.';
  return 'Nothing waits.';
}
