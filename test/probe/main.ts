import { parseArgs } from 'node:util';
import { type Attempt, perform } from './attempt.js';
import { canaryAttempts } from './canary.js';
import { agentFileAttempts, fileAttempts, runnerFileAttempts } from './files.js';
import { networkAttempts } from './network.js';
import { privilegeAttempts } from './privileges.js';
import { processAttempts } from './processes.js';
import { forkBomb, memoryBalloon } from './resources.js';
import { systemCallAttempts } from './system-calls.js';

// probe.js <agent|runner> [--canary-hex HEX] [--memory-mb N] [--fork-bomb]
// Runs inside a sandbox and tries to break each guarantee: one JSON line {name, blocked, detail} each.
// Exit status: 0 all blocked, 1 not all, 2 usage.

interface Options {
  readonly role: 'agent' | 'runner';
  readonly canaryHex: string | undefined;
  readonly memoryMb: number | undefined;
  readonly forkBomb: boolean;
}

async function main(): Promise<number> {
  const options = readOptions();
  // Outside of a sandbox these attempts would do harm, and as root they would succeed.
  if (options === undefined || process.getuid?.() === 0) {
    process.stderr.write(
      'usage: probe.js agent|runner [--canary-hex HEX] [--memory-mb N] [--fork-bomb], never as root\n',
    );
    return 2;
  }
  let escaped = 0;
  for (const attempt of selectAttempts(options)) {
    const report = await perform(attempt);
    if (!report.blocked) escaped += 1;
    process.stdout.write(`${JSON.stringify(report)}\n`);
  }
  return escaped === 0 ? 0 : 1;
}

function selectAttempts(options: Options): readonly Attempt[] {
  return [
    ...networkAttempts,
    ...fileAttempts,
    ...privilegeAttempts,
    ...systemCallAttempts,
    ...(options.role === 'agent' ? agentFileAttempts : runnerFileAttempts),
    ...processAttempts,
    ...(options.canaryHex === undefined ? [] : canaryAttempts(options.canaryHex)),
    ...(options.forkBomb ? [forkBomb] : []),
    ...(options.memoryMb === undefined ? [] : [memoryBalloon(options.memoryMb)]),
  ];
}

function readOptions(): Options | undefined {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      'canary-hex': { type: 'string' },
      'memory-mb': { type: 'string' },
      'fork-bomb': { type: 'boolean' },
    },
  });
  const [role] = positionals;
  if (role !== 'agent' && role !== 'runner') return undefined;
  const memory = values['memory-mb'];
  return {
    role,
    canaryHex: values['canary-hex'],
    memoryMb: memory === undefined ? undefined : Number(memory),
    forkBomb: values['fork-bomb'] === true,
  };
}

main().then(
  (status) => {
    process.exitCode = status;
  },
  (error: unknown) => {
    process.stderr.write(`${String(error)}\n`);
    process.exitCode = 2;
  },
);
