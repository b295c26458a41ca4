import { readdirSync, readFileSync, statSync } from 'node:fs';

export interface ProcessRow {
  readonly pid: number;
  readonly parent: number;
  readonly group: number;
  readonly session: number;
}

/** Every live process that /proc shows; zombies, which cannot be killed and hold nothing, are left out. */
export function listProcesses(): readonly ProcessRow[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => readRow(Number(name)));
}

/** proc(5): the command's name, in parentheses, may itself hold spaces and parentheses. */
function readRow(pid: number): readonly ProcessRow[] {
  const text = readProcFile(pid, 'stat');
  const [state, parent, group, session] = text.slice(text.lastIndexOf(')') + 2).split(' ');
  if (state === undefined || session === undefined || state === 'Z' || state === 'X') return [];
  return [{ pid, parent: Number(parent), group: Number(group), session: Number(session) }];
}

/** True when the process was started with exactly this `NAME=value` in its environment. */
export function carriesMarker(pid: number, marker: string): boolean {
  return readProcFile(pid, 'environ').split('\0').includes(marker);
}

/** Effective uid, or `undefined` when it has ended. */
export function ownerOf(pid: number): number | undefined {
  return statSync(`/proc/${pid}`, { throwIfNoEntry: false })?.uid;
}

function readProcFile(pid: number, name: string): string {
  try {
    return readFileSync(`/proc/${pid}/${name}`, 'latin1');
  } catch {
    // It ended in between, or is another user's: not ours to kill either way.
    return '';
  }
}
