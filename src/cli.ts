import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { describeError, errors } from './base/errors.js';
import type { Logger } from './base/logger.js';
import { auditUsage, parseAuditOptions, runAudit } from './cli/audit.js';
import { doctor, doctorUsage, parseDoctorOptions } from './cli/doctor.js';
import { exitStatus, exitStatusOf, exitStatusText } from './cli/exit-status.js';
import { gateway } from './cli/gateway.js';
import { gatewayUsage } from './cli/gateway-options.js';
import { humanOutput, jsonOutput } from './cli/output.js';
import { runPolicy } from './cli/policy.js';
import { parsePolicyOptions, policyUsage } from './cli/policy-options.js';
import { parseReviewOptions } from './cli/review/options.js';
import { runReview } from './cli/review/run-review.js';
import { terminalIo } from './cli/review/terminal-io.js';
import {
  type ReviewCommandName,
  reviewCommandNames,
  reviewUsage,
  reviewUsageOf,
} from './cli/review/usage.js';
import { readKey, run } from './cli/run.js';
import { parseRunOptions, runUsage } from './cli/run-options.js';
import type { SandboxHost } from './session/api.js';
import { createSandboxHost } from './session/host.js';
import { ReviewDesk } from './session/reviews/review-desk.js';

interface Command {
  readonly usage: string;
  readonly run: (argv: readonly string[]) => Promise<number>;
}

const commands = new Map<string, Command>([
  ['run', { usage: `${runUsage}\n\n${exitStatusText}`, run: runAgent }],
  ...reviewCommandNames.map((name): [string, Command] => [
    name,
    { usage: reviewUsageOf(name), run: (argv) => review(name, argv) },
  ]),
  ['doctor', { usage: `${doctorUsage}\n\n${exitStatusText}`, run: runDoctor }],
  ['gateway', { usage: gatewayUsage, run: runGateway }],
  ['audit', { usage: auditUsage, run: (argv) => runAudit(parseAuditOptions(argv), process.stdout) }],
  ['policy', { usage: `${policyUsage}\n\n${exitStatusText}`, run: policy }],
]);

async function main([name, ...argv]: readonly string[]): Promise<number> {
  const command = commands.get(name ?? '');
  if (command === undefined && name !== undefined && name !== '--help' && name !== 'help')
    throw errors.usage(`There is no command "${name}".`);
  const end = argv.indexOf('--');
  const wantsHelp = (end === -1 ? argv : argv.slice(0, end)).includes('--help');
  if (command !== undefined && !wantsHelp) return command.run(argv);
  const all = [
    runUsage,
    reviewUsage,
    gatewayUsage,
    auditUsage,
    policyUsage,
    doctorUsage,
    exitStatusText,
  ].join('\n\n');
  process.stdout.write(`${command?.usage ?? all}\n`);
  return name === undefined ? exitStatus.usage : exitStatus.done;
}

async function runAgent(argv: readonly string[]): Promise<number> {
  const options = parseRunOptions(argv, process.env);
  const key = await readKey(options.keyFile, process.env, (path) => readFile(path, 'utf8'));
  if (key === undefined || key === '') throw errors.keyMissing(options.provider);
  const host = await openHost(options.stateDir, key);
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

async function runDoctor(argv: readonly string[]): Promise<number> {
  const options = parseDoctorOptions(argv);
  const host = await openHost(options.stateDir, undefined);
  const { stdout } = process;
  return doctor(host, options, { columns: stdout.columns, write: (text) => void stdout.write(text) });
}

async function openHost(stateDir: string | undefined, key: string | undefined): Promise<SandboxHost> {
  const installDir = resolve(__dirname, '..');
  const { version } = JSON.parse(await readFile(join(installDir, 'package.json'), 'utf8')) as {
    version: string;
  };
  return createSandboxHost({
    stateDir: stateDir ?? defaultStateDir(),
    installDir,
    version,
    key: async () => key,
    logger: stderrLogger,
    // Nobody is there to be asked.
    confirm: async () => ({ kind: 'deny' }),
  });
}

async function review(name: ReviewCommandName, argv: readonly string[]): Promise<number> {
  const options = parseReviewOptions(name, argv);
  const isReading = name === 'changes' || name === 'diff';
  // Nobody reads any more (EPIPE): what only tells has nothing left to do; what decides is brought to its end.
  process.stdout.on('error', () => {
    if (isReading) process.exit(exitStatus.done);
  });
  const desk = new ReviewDesk(options.stateDir ?? defaultStateDir(), stderrLogger);
  return runReview(options, desk, terminalIo(process, stderrLogger));
}

function runGateway(argv: readonly string[]): Promise<number> {
  return gateway(argv, stderrLogger, (line) => void process.stdout.write(`${line}\n`), whenInterrupted());
}

async function policy(argv: readonly string[]): Promise<number> {
  // Nobody reads any more (EPIPE): there is nothing left to do.
  process.stdout.on('error', () => process.exit(0));
  const { stdin, stdout } = process;
  return runPolicy(parsePolicyOptions(argv), { stdin, stdout, stateDir: defaultStateDir() });
}

function whenInterrupted(): AbortSignal {
  const interrupted = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.once(signal, () => interrupted.abort());
  // Nobody reads any more (EPIPE): the work ends and cleans up, as by a signal.
  process.stdout.on('error', () => interrupted.abort());
  return interrupted.signal;
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
    process.exitCode = exitStatusOf(error);
  },
);
