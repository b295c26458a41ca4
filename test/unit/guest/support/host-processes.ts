import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';

/** Pids of live processes whose command line contains the text. */
export function findProcesses(text: string): readonly number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .filter((name) => readCommandLine(name).includes(text))
    .map(Number);
}

/** Waits until the condition holds; rejects after `ms`. */
export async function until(what: string, condition: () => boolean, ms = 5000): Promise<void> {
  for (const end = Date.now() + ms; Date.now() < end; await delay(10)) if (condition()) return;
  throw new Error(`not within ${ms} ms: ${what}`);
}

function readCommandLine(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    // It ended while it was being listed.
    return '';
  }
}
