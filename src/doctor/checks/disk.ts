import type { Check, Verdict } from '../check.js';
import type { Space } from '../facts.js';

const MB = 1024 * 1024;

interface Floor {
  /** Below it a session breaks off. */
  readonly needs: number;
  /** Below it a large workspace or a new image may not fit. */
  readonly wants: number;
}

/** A session ends below what is to stay free (`airlock.limits.freeDiskMb` as it comes): captured bytes, what an apply keeps for its undo, and the upper layer of an overlay, whose files have 2 GB at most. */
const stateFloor: Floor = { needs: 1024 * MB, wants: 3 * 1024 * MB };
/** The image and the largest agent take 1 GB together; the copy of a workspace up to 4 GB. */
const engineFloor: Floor = { needs: 1024 * MB, wants: 5 * 1024 * MB };

/** Whether there is room for sessions, their reviews and what an approval replaces. */
export const stateDiskCheck: Check = {
  id: 'disk-state',
  title: "Disk of Airlock's storage",
  judge({ stateSpace }) {
    if (stateSpace.kind === 'known') return judgeSpace(stateSpace.value, stateFloor);
    return {
      status: 'fail',
      reason: `Airlock's storage cannot be used: ${stateSpace.reason}. Sessions and reviews are kept there, so no agent can run.`,
      fix: 'Make the folder writable for your user, or name another one (`--state-dir`).',
    };
  },
};

/** Whether there is room for images and for copies of workspaces. */
export const engineDiskCheck: Check = {
  id: 'disk-engine',
  title: 'Disk of the engine',
  judge({ engineSpace }) {
    if (engineSpace?.kind === 'known') return judgeSpace(engineSpace.value, engineFloor);
    return {
      status: 'unknown',
      reason:
        engineSpace === undefined
          ? 'The engine keeps its data on another machine, in a virtual machine, or was not reached.'
          : `Its free space could not be read: ${engineSpace.reason}.`,
      fix: 'Look at `docker system df`, and at the disk of the machine that the engine runs on.',
    };
  },
};

function judgeSpace({ dir, freeBytes }: Space, { needs, wants }: Floor): Verdict {
  const free = `${show(freeBytes)} are free at ${dir}`;
  if (freeBytes >= wants) return { status: 'ok', reason: `${free}.` };
  const fix = `Free some space: ${show(wants)} are plenty. \`docker system prune\` removes what the engine no longer uses.`;
  if (freeBytes < needs) {
    return { status: 'fail', reason: `${free}; sessions need ${show(needs)} and would break off.`, fix };
  }
  return { status: 'warn', reason: `${free}: a large workspace or a new image may not fit.`, fix };
}

function show(bytes: number): string {
  return bytes < 1024 * MB ? `${Math.floor(bytes / MB)} MB` : `${(bytes / (1024 * MB)).toFixed(1)} GB`;
}
