import { readFile } from 'node:fs/promises';
import type { Readable, Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { describeError, errors } from '../base/errors.js';
import { toVisibleLine } from '../base/visible-text.js';
import type { Policy } from '../policy/policy.js';
import { lineAndColumn, type PolicyProblem } from '../policy/policy-text.js';
import { loadPreset } from '../policy/presets/index.js';
import { readAnyPolicy } from '../policy/read-policy.js';
import { reviewSessions } from '../session/reviews/review-sessions.js';
import { exitStatus } from './exit-status.js';
import { describeExplanation, explain } from './explain.js';
import { explainStream } from './explain-stream.js';
import type { PolicyOptions, PolicySource } from './policy-options.js';

export interface PolicyIo {
  readonly stdin: Readable;
  readonly stdout: Writable;
  readonly stateDir: string;
}

/** `airlock policy …`. Returns the exit status. */
export async function runPolicy(options: PolicyOptions, io: PolicyIo): Promise<number> {
  switch (options.kind) {
    case 'explain':
      return explainCommands(options, options.command, io);
    case 'lint':
      return lint(options.file, loadPreset(options.preset), io);
    case 'review': {
      const { preset, last, markdown, workspace } = options;
      const stateDir = options.stateDir ?? io.stateDir;
      io.stdout.write(await reviewSessions({ stateDir, preset, last, workspace, markdown }));
      return 0;
    }
  }
}

async function explainCommands(
  source: PolicySource,
  command: string | undefined,
  { stdin, stdout }: PolicyIo,
): Promise<number> {
  const policy = await loadPolicy(source);
  if (command !== undefined) {
    stdout.write(describeExplanation(explain(policy, { command })));
    return 0;
  }
  await pipeline(stdin, (input) => explainStream(policy, input), stdout, { end: false });
  return 0;
}

async function loadPolicy({ preset, policy }: PolicySource): Promise<Policy> {
  const base = loadPreset(preset);
  if (policy === undefined) return base;
  const text = await readText(policy);
  const read = readAnyPolicy(text, base);
  if (read.ok) return read.policy;
  throw errors.policyUnusable(
    policy,
    read.problems.map((problem) => describeProblem(policy, text, problem)).join('; '),
  );
}

async function lint(file: string, base: Policy, { stdout }: PolicyIo): Promise<number> {
  const text = await readText(file);
  const { problems } = readAnyPolicy(text, base);
  for (const problem of problems) stdout.write(`${describeProblem(file, text, problem)}\n`);
  return problems.length > 0 ? exitStatus.found : exitStatus.done;
}

/** `FILE:LINE:COLUMN: message` */
function describeProblem(file: string, text: string, { message, offset }: PolicyProblem): string {
  const { line, column } = lineAndColumn(text, offset);
  return `${file}:${line}:${column}: ${toVisibleLine(message, 500)}`;
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw errors.usage(`The policy file cannot be read (${describeError(error)}).`);
  }
}
