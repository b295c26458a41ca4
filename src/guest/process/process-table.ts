import { readdirSync, readFileSync, statSync } from 'node:fs';

export interface ProcessRow {
  readonly pid: number;
  readonly parent: number;
  readonly group: number;
  readonly session: number;
}

/** Every live process that /proc shows; zombies, which cannot be killed and hold nothing, are left out. */
export function listProcesses(): readonly ProcessRow[] {
  return listPids().flatMap(readRow);
}

/** Whether a live process other than pid 1 and ourselves has this effective uid. */
export function hasOtherProcess(uid: number): boolean {
  return listPids().some(
    (pid) => pid > 1 && pid !== process.pid && ownerOf(pid) === uid && readRow(pid).length > 0,
  );
}

function listPids(): readonly number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number);
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

/** What a process was started with; empty when it is gone or another user's. */
export function readArguments(pid: number): readonly string[] {
  const text = readProcFile(pid, 'cmdline', 'utf8');
  return text === '' ? [] : text.replace(/\0$/, '').split('\0');
}

function ownerOf(pid: number): number | undefined {
  return statSync(`/proc/${pid}`, { throwIfNoEntry: false })?.uid;
}

function readProcFile(pid: number, name: string, encoding: 'latin1' | 'utf8' = 'latin1'): string {
  try {
    return readFileSync(`/proc/${pid}/${name}`, encoding);
  } catch {
    // It ended in between, or is another user's: not ours to kill either way.
    return '';
  }
}
