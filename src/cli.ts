import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { AirlockError, describeError, errors } from './base/errors.js';
import type { Logger } from './base/logger.js';
import { gateway } from './cli/gateway.js';
import { gatewayUsage } from './cli/gateway-options.js';
import { humanOutput, jsonOutput } from './cli/output.js';
import { runPolicy } from './cli/policy.js';
import { parsePolicyOptions, policyUsage } from './cli/policy-options.js';
import { exitStatusOf, readKey, run } from './cli/run.js';
import { parseRunOptions, runUsage } from './cli/run-options.js';
import { createSandboxHost } from './session/host.js';

async function main(argv: readonly string[]): Promise<number> {
  const [command, ...rest] = argv;
  if (command === undefined || command === '--help' || command === 'help' || rest.includes('--help')) {
    process.stdout.write(`${runUsage}\n\n${gatewayUsage}\n\n${policyUsage}\n`);
    return command === undefined ? 2 : 0;
  }
  if (command === 'policy') return policy(rest);
  if (command === 'gateway')
    return gateway(rest, stderrLogger, (line) => void process.stdout.write(`${line}\n`), whenInterrupted());
  if (command !== 'run') throw errors.usage(`There is no command "${command}".`);
  const options = parseRunOptions(rest, process.env);
  const key = await readKey(options.keyFile, process.env, (path) => readFile(path, 'utf8'));
  if (key === undefined || key === '') throw errors.keyMissing(options.provider);
  const installDir = resolve(__dirname, '..');
  const { version } = JSON.parse(await readFile(join(installDir, 'package.json'), 'utf8')) as {
    version: string;
  };
  const host = createSandboxHost({
    stateDir: options.stateDir ?? defaultStateDir(),
    installDir,
    version,
    key: async () => key,
    logger: stderrLogger,
    // Nobody is there to be asked.
    confirm: async () => ({ kind: 'deny' }),
  });
  const interrupted = whenInterrupted();
  const write = (text: string) => void process.stdout.write(text);
  try {
    await host.recoverApplies();
    await host.reconcile();
    return await run(host, options, options.json ? jsonOutput(write) : humanOutput(write), interrupted);
  } finally {
    await host.dispose();
  }
}

function whenInterrupted(): AbortSignal {
  const interrupted = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.once(signal, () => interrupted.abort());
  // Nobody reads any more (EPIPE): the work ends and cleans up, as by a signal.
  process.stdout.on('error', () => interrupted.abort());
  return interrupted.signal;
}

async function policy(argv: readonly string[]): Promise<number> {
  // Nobody reads any more (EPIPE): there is nothing left to do.
  process.stdout.on('error', () => process.exit(0));
  const { stdin, stdout } = process;
  return runPolicy(parsePolicyOptions(argv), { stdin, stdout, stateDir: defaultStateDir() });
}

function defaultStateDir(): string {
  return join(process.env.XDG_STATE_HOME ?? join(homedir(), '.local', 'state'), 'airlock');
}

const stderrLogger: Logger = {
  debug: () => undefined,
  info: () => undefined,
  warn: (message) => void process.stderr.write(`airlock: ${message}\n`),
  error: (message, cause) =>
    void process.stderr.write(
      `airlock: ${message}${cause === undefined ? '' : `: ${describeError(cause)}`}\n`,
    ),
};

main(process.argv.slice(2)).then(
  (status) => {
    process.exitCode = status;
  },
  (error: unknown) => {
    process.stderr.write(`airlock: ${describeError(error)}\n`);
    process.exitCode = error instanceof AirlockError ? exitStatusOf(error) : 4;
  },
);
