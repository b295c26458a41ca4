import { setTimeout as delay } from 'node:timers/promises';
import { carriesMarker, hasOtherProcess, listProcesses, type ProcessRow } from './process-table.js';

const ROUNDS = 200;
const ROUND_MS = 3;
const LAST_SWEEPS = 8;
const MARKER_NAME = 'AIRLOCK_CALL';

/** A program that a call started; it leads its own session. */
export interface Leader {
  /** To be told when it has ended: its id may then name another process, but its session may live on. */
  exited(): void;
}

/** The processes of one call: the sessions it began, their descendants, and whatever carries its marker. */
export interface CallProcesses {
  /** To be put into every program's environment. */
  readonly env: Readonly<Record<string, string>>;
  /** Names a program of the call; it must lead its own session. A call has any number of them, also at once. */
  adopt(pid: number): Leader;
  /** Asks the process groups of the programs that run to end. */
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
    return this.#open((call) => this.#finish(call));
  }

  /** For programs of our own: at its end nobody else is taken for a stray, as a contained agent would be. */
  beginOwn(): CallProcesses {
    return this.#open((call) => this.#endOwn(call));
  }

  #open(finish: (call: Call) => Promise<void>): CallProcesses {
    this.#serial += 1;
    const call = new Call(
      `${process.pid}-${this.#serial}`,
      (pid) => this.#claim(pid),
      () => finish(call),
    );
    this.#running.add(call);
    return call;
  }

  /** Kills every call's processes at once, without waiting; for the moment before exit. */
  killAllNow(): void {
    // More than once: a process that was just being forked is in no list yet.
    for (let sweep = 0; sweep < LAST_SWEEPS; sweep += 1) {
      const found = [...this.#running].map((call) => call.killOnce());
      if (this.#soleOwner) killEverybodyElse();
      if (found.every((count) => count === 0)) return;
    }
  }

  /** An id that a new program was given names no session of an older call any more. */
  #claim(pid: number): void {
    for (const call of this.#running) call.forget(pid);
  }

  async #finish(call: Call): Promise<void> {
    this.#running.delete(call);
    if (this.#soleOwner && this.#running.size === 0) return this.#killStrays();
    await repeat(() => call.killOnce() === 0);
  }

  async #endOwn(call: Call): Promise<void> {
    this.#running.delete(call);
    await repeat(() => call.killOnce() === 0);
  }

  async #killStrays(): Promise<void> {
    await repeat(() => this.#running.size > 0 || !killEverybodyElse() || !hasStrays());
  }
}

class Call implements CallProcesses {
  readonly env: Readonly<Record<string, string>>;
  readonly #marker: string;
  readonly #claim: (pid: number) => void;
  readonly #finish: () => Promise<void>;
  /** Every session begun; true while its leader runs. */
  readonly #leaders = new Map<number, boolean>();
  #ended: Promise<void> | undefined;

  constructor(marker: string, claim: (pid: number) => void, finish: () => Promise<void>) {
    this.env = { [MARKER_NAME]: marker };
    this.#marker = `${MARKER_NAME}=${marker}`;
    this.#claim = claim;
    this.#finish = finish;
  }

  adopt(pid: number): Leader {
    this.#claim(pid);
    this.#leaders.set(pid, true);
    return {
      exited: () => {
        if (this.#leaders.has(pid)) this.#leaders.set(pid, false);
      },
    };
  }

  forget(pid: number): void {
    this.#leaders.delete(pid);
  }

  terminate(): void {
    for (const [pid, runs] of this.#leaders) if (runs) send(-pid, 'SIGTERM');
  }

  end(): Promise<void> {
    this.#ended ??= this.#finish();
    return this.#ended;
  }

  /** One sweep; returns how many processes were found alive. */
  killOnce(): number {
    if (this.#leaders.size === 0) return 0;
    const rows = listProcesses();
    const family = listFamily(rows, this.#leaders);
    const victims = rows.filter(
      ({ pid }) => pid !== process.pid && (family.has(pid) || carriesMarker(pid, this.#marker)),
    );
    const groups = new Set(victims.map(({ group }) => group).filter((group) => this.#leaders.has(group)));
    for (const group of groups) send(-group, 'SIGKILL');
    for (const { pid } of victims) send(pid, 'SIGKILL');
    return victims.length;
  }
}

function listFamily(rows: readonly ProcessRow[], leaders: ReadonlyMap<number, boolean>): ReadonlySet<number> {
  const family = new Set(
    rows
      .filter(
        ({ pid, group, session }) => leaders.get(pid) === true || leaders.has(group) || leaders.has(session),
      )
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
