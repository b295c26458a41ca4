import { openSync } from 'node:fs';
import { compileTable } from '../../../../policy/compile-table.js';
import { readOptions } from '../../../../policy/read-options.js';
import { xargs as table } from '../../../../policy/tools/xargs.js';
import { exampleOf } from '../../../../policy/value.js';
import { readSettings, type XargsSettings } from '../../../../policy/xargs-settings.js';
import { writeOutput } from '../builtins/builtin.js';
import { FileHandle, type Handle } from '../handle.js';
import { planRead } from '../plan-start.js';
import { openTarget } from '../redirects.js';
import { describeSystemError } from '../resolve-path.js';
import { runProgram } from '../run-program.js';
import { complain, type Shell } from '../shell.js';
import { programEnvironment } from '../variables.js';
import { CommandBuilder } from './build-commands.js';
import { descriptions, showCommand } from './describe-xargs.js';
import { ProcessSlots } from './process-slots.js';
import { readInput } from './read-input.js';
import { DelimitedSplitter } from './split-delimited.js';
import type { Splitter } from './split-input.js';
import { WordSplitter } from './split-words.js';
import { XargsEnd } from './xargs-end.js';

/** The command that the interpreter does itself, so that the words it reads are judged before they are used. */
export const XARGS = 'xargs';

const MOST_AT_ONCE = 16;
/** ARG_MAX of Linux with the usual stack, and what xargs leaves of it to others. */
const [SYSTEM_BYTES, HEADROOM] = [2 * 1024 * 1024, 2048];

type Assignments = ReadonlyMap<string, string>;

/** Runs xargs with arguments that the policy has admitted; its status. `timeoutMs`: of all of it. */
export async function runXargs(
  shell: Shell,
  args: readonly string[],
  assignments: Assignments,
  timeoutMs: number | undefined,
): Promise<number> {
  const reading = readOptions(compileTable(table), args);
  if (!reading.ok) return fail(shell, `"${exampleOf(reading.word)}" ${reading.reason}`);
  const read = readSettings(reading.options);
  if (!read.ok) return fail(shell, read.reason);
  const { settings } = read;
  if (settings.about !== undefined)
    return (await writeOutput(shell, XARGS, Buffer.from(descriptions[settings.about]))).status;
  for (const warning of settings.warnings) await complain(shell, `${XARGS}: warning: ${warning}`);
  const command = args.slice(reading.firstOperand);
  const { run } = shell;
  const stop = () => run.stop({ kind: 'timeout', ms: timeoutMs ?? 0 });
  const timer = timeoutMs === undefined ? undefined : setTimeout(stop, timeoutMs);
  try {
    const job = { shell, settings, assignments, command: command.length === 0 ? ['echo'] : command };
    return await withHandles(job, (input, stdin) => feed({ ...job, input, stdin }));
  } finally {
    clearTimeout(timer);
  }
}

interface Job {
  readonly shell: Shell;
  readonly settings: XargsSettings;
  readonly command: readonly string[];
  readonly assignments: Assignments;
}

/** What is read, and what the commands get as their standard input. */
async function withHandles(
  { shell, settings }: Job,
  body: (input: Handle, stdin: Handle) => Promise<number>,
): Promise<number> {
  const { file = '-' } = settings;
  const [ours] = shell.stdio;
  let opened: FileHandle;
  try {
    opened = new FileHandle(file === '-' ? openSync('/dev/null', 'r') : openTarget(shell, 'read', file));
  } catch (error) {
    shell.run.check();
    return fail(shell, `Cannot open input file '${file}': ${describeSystemError(error)}`);
  }
  try {
    return await (file === '-' ? body(ours, opened) : body(opened, ours));
  } finally {
    opened.close();
  }
}

interface Feeding extends Job {
  readonly input: Handle;
  readonly stdin: Handle;
}

async function feed(job: Feeding): Promise<number> {
  const { shell, settings } = job;
  const slots = new ProcessSlots(Math.min(settings.processes || MOST_AT_ONCE, MOST_AT_ONCE));
  let isUnread = false;
  let status: number;
  try {
    const builder = await openBuilder(job, slots);
    await pump(job, builder, () => {
      isUnread = true;
    });
    await builder.finish();
    status = await slots.finish();
  } catch (error) {
    status = await endEarly(shell, error, slots);
  }
  shell.run.check();
  // Of a file that it opened itself xargs does not say so, nor when it has failed already.
  const isTold = isUnread && settings.file === undefined && status === 0;
  return isTold ? fail(shell, 'error closing file') : status;
}

async function endEarly(shell: Shell, error: unknown, slots: ProcessSlots): Promise<number> {
  if (!(error instanceof XargsEnd)) {
    await slots.settle();
    throw error;
  }
  await complain(shell, `${XARGS}: ${error.message}`);
  try {
    return await slots.finishEarly(error.status);
  } catch (later) {
    return endEarly(shell, later, slots);
  }
}

async function openBuilder(job: Feeding, slots: ProcessSlots): Promise<CommandBuilder> {
  const { shell, settings, command, assignments, stdin } = job;
  const environment = programEnvironment(shell, Object.fromEntries(assignments));
  const ours = Object.entries(environment).reduce(
    (sum, [name, value]) => sum + Buffer.byteLength(`${name}=${value}\0`),
    HEADROOM,
  );
  const most = SYSTEM_BYTES - ours;
  if (settings.maxBytes !== undefined && settings.maxBytes > most)
    await complain(shell, `${XARGS}: value ${settings.maxBytes} for -s option should be <= ${most}`);
  const [, stdout, stderr] = shell.stdio;
  return new CommandBuilder(settings, command, most, async (argv, read) => {
    // First of all: what the command before has done counts for the judgement, and a denial would kill it.
    await slots.free();
    await shell.run.pause();
    if (settings.trace) await complain(shell, showCommand(argv));
    const program = await planRead(shell, argv, assignments, read);
    const inner: Shell = { ...shell, stdio: [stdin, stdout, stderr] };
    await slots.start(argv[0] ?? '', (onStart) => runProgram(inner, program, onStart));
  });
}

async function pump(
  { shell, settings, input }: Feeding,
  builder: CommandBuilder,
  report: () => void,
): Promise<void> {
  const splitter = openSplitter(settings, builder);
  const deal = async (events: ReturnType<Splitter['push']>) => {
    for (const event of events) {
      if (event.kind === 'warning') await complain(shell, `${XARGS}: ${event.text}`);
      else await builder.take(event);
    }
  };
  for await (const chunk of readInput(input, () => shell.run.check(), report)) {
    await deal(splitter.push(chunk));
    await shell.run.pause();
    if (splitter.ended) return;
  }
  await deal(splitter.finish());
}

function openSplitter({ delimiter, replace, endItem }: XargsSettings, builder: CommandBuilder): Splitter {
  const lineBased = replace !== undefined;
  const room = () => builder.room();
  if (delimiter !== undefined) return new DelimitedSplitter(delimiter, lineBased, room);
  const end = endItem === undefined ? undefined : Buffer.from(endItem);
  return new WordSplitter({ lineBased, endItem: end }, room);
}

async function fail(shell: Shell, text: string): Promise<number> {
  await complain(shell, `${XARGS}: ${text}`);
  return 1;
}
