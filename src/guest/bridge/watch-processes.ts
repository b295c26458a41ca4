import type { Writable } from 'node:stream';
import type { StartedProcess } from '../../protocol/bridge.js';
import { listProcesses, readArguments } from '../process/process-table.js';

const EVERY_MS = 25;
const MAX_TOLD = 5_000;

/**
 * Tells of the programs that start, until it is stopped. They are seen by looking, not by being told: one that lives
 * shorter than the time between two looks may be missed. No privilege in the container would allow more.
 */
export function watchProcesses(out: Writable): () => void {
  // The record is a by-product: a host that no longer reads it ends the agent by other ways.
  out.on('error', () => undefined);
  const known = new Map<number, string>([[process.pid, '']]);
  let told = 0;
  const look = () => {
    const rows = listProcesses();
    const alive = new Set(rows.map(({ pid }) => pid));
    for (const pid of known.keys()) if (!alive.has(pid)) known.delete(pid);
    for (const { pid, parent } of rows) {
      const argv = readArguments(pid);
      const command = argv.join(' ');
      // The same id with other arguments: it was forked before and has become this program now.
      if (argv.length === 0 || known.get(pid) === command) continue;
      known.set(pid, command);
      if (told === MAX_TOLD) return;
      told += 1;
      const row: StartedProcess = {
        pid,
        parent,
        argv: argv.slice(0, 50).map((argument) => argument.slice(0, 1000)),
      };
      out.write(`${JSON.stringify(row)}\n`);
    }
  };
  // What runs already is the sandbox's own.
  for (const { pid } of listProcesses()) known.set(pid, readArguments(pid).join(' '));
  const timer = setInterval(look, EVERY_MS);
  return () => {
    clearInterval(timer);
    out.end();
  };
}
