import type { BigIntStats } from 'node:fs';
import { type WalkEntry, walk } from './walk.js';

/** What a path was right after the import. The kernel sets ctime; no unprivileged program can set it back. */
export type Identities = Map<string, string>;

/** No stat has it: what is at the path may differ from now on. */
const TOLD = 'told';

/** Longer than the clock tick that file times are rounded to, ms: no later change can share a time. */
const CLOCK_TICK_MS = 12;

export async function recordIdentities(workspace: string): Promise<Identities> {
  const identities: Identities = new Map();
  await walk(workspace, (entry) => {
    if (entry.kind === 'entry') identities.set(entry.path, identify(entry.stat));
    return true;
  });
  await new Promise((resolve) => setTimeout(resolve, CLOCK_TICK_MS));
  return identities;
}

/** True when the path may differ from what was imported. A directory counts by existence and mode only. */
export function mayDiffer(identities: Identities, entry: WalkEntry): boolean {
  return entry.kind === 'unreadable' || identities.get(entry.path) !== identify(entry.stat);
}

/** Remembers what was told of: a directory that is made anew later would look as the one that was imported. */
export function markTold(identities: Identities, paths: readonly string[]): void {
  for (const path of paths) if (identities.has(path)) identities.set(path, TOLD);
}

function identify(stat: BigIntStats): string {
  if (stat.isDirectory()) return `d${stat.mode}`;
  return `${stat.mode}:${stat.ino}:${stat.size}:${stat.mtimeNs}:${stat.ctimeNs}`;
}
