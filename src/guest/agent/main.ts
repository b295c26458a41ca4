import { Duplex } from 'node:stream';
import { describeError } from '../../base/errors.js';
import { readConfig } from './config.js';
import { serveAgent } from './serve-agent.js';

/** The built-in agent as a program of its own, on stdin and stdout. The bridge runs it in its own process instead. */
async function main(): Promise<void> {
  await serveAgent(
    readConfig(process.env),
    Duplex.from({ readable: process.stdin, writable: process.stdout }),
  );
  // The client is gone; a model call that still runs is for nobody.
  process.exit(0);
}

main().catch((error: unknown) => {
  process.stderr.write(`airlock agent: ${describeError(error)}\n`);
  process.exit(1);
});
