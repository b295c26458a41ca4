import { setTimeout as delay } from 'node:timers/promises';
import { carriesMarker, hasOtherProcess, listProcesses, type ProcessRow } from './process-table.js';

const ROUNDS = 200;
const ROUND_MS = 3;
const MARKER_NAME = 'AIRLOCK_CALL';

/** The processes of one call: its group and session, its descendants, and whatever carries its marker. */
export interface CallProcesses {
  /** To be put into the command's environment. */
  readonly env: Readonly<Record<string, string>>;
  /** Names the call's first process; it must lead its own session. */
  adopt(pid: number): void;
  /** Asks the call's process group to end. */
  terminate(): void;
  /** Kills whatever is left, however it tried to get away. Idempotent. */
  end(): Promise<void>;
}

/** Keeps track of which calls run, and leaves no process behind when one ends. */
export class ProcessTree {
  readonly #running = new Set<Call>();
  readonly #soleOwner: boolean;
  #serial = 0;

  /** `soleOwner`: every other process of our uid is a stray whenever no call runs. */
  constructor(soleOwner: boolean) {
    this.#soleOwner = soleOwner;
  }

  begin(): CallProcesses {
    this.#serial += 1;
    const call = new Call(`${process.pid}-${this.#serial}`, () => this.#finish(call));
    this.#running.add(call);
    return call;
  }

  /** Kills every call's processes at once, without waiting; for the moment before exit. */
  killAllNow(): void {
    for (const call of this.#running) call.killOnce();
    if (this.#soleOwner) killEverybodyElse();
  }

  async #finish(call: Call): Promise<void> {
    this.#running.delete(call);
    if (this.#soleOwner && this.#running.size === 0) return this.#killStrays();
    await repeat(() => call.killOnce() === 0);
  }

  async #killStrays(): Promise<void> {
    await repeat(() => this.#running.size > 0 || !killEverybodyElse() || !hasStrays());
  }
}

class Call implements CallProcesses {
  readonly env: Readonly<Record<string, string>>;
  readonly #marker: string;
  readonly #finish: () => Promise<void>;
  #leader: number | undefined;
  #ended: Promise<void> | undefined;

  constructor(marker: string, finish: () => Promise<void>) {
    this.env = { [MARKER_NAME]: marker };
    this.#marker = `${MARKER_NAME}=${marker}`;
    this.#finish = finish;
  }

  adopt(pid: number): void {
    this.#leader = pid;
  }

  terminate(): void {
    if (this.#leader !== undefined) send(-this.#leader, 'SIGTERM');
  }

  end(): Promise<void> {
    this.#ended ??= this.#finish();
    return this.#ended;
  }

  /** One sweep; returns how many processes were found alive. */
  killOnce(): number {
    if (this.#leader === undefined) return 0;
    const rows = listProcesses();
    const family = listFamily(rows, this.#leader);
    const victims = rows.filter(
      ({ pid }) => pid !== process.pid && (family.has(pid) || carriesMarker(pid, this.#marker)),
    );
    send(-this.#leader, 'SIGKILL');
    for (const { pid } of victims) send(pid, 'SIGKILL');
    return victims.length;
  }
}

function listFamily(rows: readonly ProcessRow[], leader: number): ReadonlySet<number> {
  const family = new Set(
    rows
      .filter((row) => row.pid === leader || row.group === leader || row.session === leader)
      .map(({ pid }) => pid),
  );
  for (let size = -1; size !== family.size; ) {
    size = family.size;
    for (const row of rows) if (family.has(row.parent)) family.add(row.pid);
  }
  return family;
}

/** kill(2): -1 is every process we may signal, except pid 1 and ourselves, in one step no fork bomb outruns. */
function killEverybodyElse(): boolean {
  return send(-1, 'SIGKILL');
}

/** Linux calls kill(-1) a success as soon as any process exists, also where it may signal none. */
function hasStrays(): boolean {
  return hasOtherProcess(process.getuid?.() ?? 0);
}

async function repeat(isDone: () => boolean): Promise<void> {
  for (let round = 0; round < ROUNDS; round += 1) {
    if (isDone()) return;
    await delay(ROUND_MS);
  }
}

function send(pid: number, signal: NodeJS.Signals): boolean {
  try {
    return process.kill(pid, signal);
  } catch {
    // ESRCH: nobody is left. EPERM: another user's, which is not ours to kill.
    return false;
  }
}
