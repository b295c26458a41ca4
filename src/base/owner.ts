import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';

/** The process that owns a session's resources: enough to tell it from a later one with the same pid. */
export interface Owner {
  readonly host: string;
  readonly pid: number;
  /** Kernel start time in clock ticks since boot (proc(5), field 22), or 0 where there is no /proc. */
  readonly start: number;
}

export function currentOwner(): Owner {
  return { host: machine(), pid: process.pid, start: startTime(process.pid) ?? 0 };
}

export function formatOwner(owner: Owner): string {
  return `${owner.host}:${owner.pid}:${owner.start}`;
}

/** For the user: which process, and where. */
export function describeOwner({ host, pid }: Owner): string {
  return `process ${pid} on ${host.split('/')[0]}`;
}

export function parseOwner(text: string): Owner | undefined {
  const match = /^([^:]{1,255}):(\d{1,10}):(\d{1,20})$/.exec(text);
  if (match === null) return undefined;
  return { host: match[1] ?? '', pid: Number(match[2]), start: Number(match[3]) };
}

/**
 * True unless the owner is certainly gone. One of another host cannot be judged from here and counts as
 * alive, so that nothing of another machine's (sharing an engine) is ever reaped.
 */
export function isAlive(owner: Owner): boolean {
  if (owner.host !== machine()) return true;
  const start = startTime(owner.pid);
  if (start !== undefined) return owner.start === 0 || start === owner.start;
  try {
    process.kill(owner.pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** For an owner as it was written down; what cannot be read is nobody's that we know, and counts as alive. */
export function isOwnedByDead(text: string | undefined): boolean {
  const owner = parseOwner(text?.trim() ?? '');
  return owner !== undefined && !isAlive(owner);
}

/** Host name and pid space: a container or a virtual machine of the same name has other processes. */
function machine(): string {
  return `${hostname()}/${process.platform}-${pidSpace()}`;
}

function pidSpace(): string {
  try {
    return /\d+/.exec(readlinkSync('/proc/self/ns/pid'))?.[0] ?? '0';
  } catch {
    // No /proc on this platform, and no pid namespaces either.
    return '0';
  }
}

function startTime(pid: number): number | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The command name is in parentheses and may hold spaces; the fields after it are numbered from 3.
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]);
  } catch {
    // No such process, or no /proc on this platform: the caller asks the kernel in another way.
    return undefined;
  }
}
