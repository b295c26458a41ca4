import { type ProgramPlan, planProgram } from '../../../policy/plan-program.js';
import type { RepositoryUse } from '../../../policy/tools/git/harmful-settings.js';
import { guardRepository } from '../git/guard-repository.js';
import type { Program } from './run-program.js';
import type { Shell } from './shell.js';
import { exportedVariables } from './variables.js';

/** Asks the policy for a program that is about to start; a denial stops the script. */
export function planStart(
  shell: Shell,
  argv: readonly string[],
  own: ReadonlyMap<string, string>,
): Promise<Program> {
  const { policy, asked } = shell.run.parts;
  return admit(shell, planProgram(policy, callOf(shell, argv, own)), asked);
}

/** The same for a file test of `[[ … ]]`, which is no program: it has no environment. */
export async function planFileTest(shell: Shell, argv: readonly string[]): Promise<void> {
  const { policy, asked } = shell.run.parts;
  const cwd = shell.state.directory.physical;
  await admit(shell, planProgram(policy, { argv, assignments: {}, cwd }), asked);
}

/** The same for a command line of which the last `read` words were read by xargs: nobody can have been asked for it. */
export function planRead(
  shell: Shell,
  argv: readonly string[],
  own: ReadonlyMap<string, string>,
  read: number,
): Promise<Program> {
  const { policy } = shell.run.parts;
  return admit(shell, planProgram(policy, { ...callOf(shell, argv, own), read }), false);
}

function callOf(shell: Shell, argv: readonly string[], own: ReadonlyMap<string, string>) {
  const assignments = { ...exportedVariables(shell), ...Object.fromEntries(own) };
  return { argv, assignments, cwd: shell.state.directory.physical };
}

async function admit(
  shell: Shell,
  { decision, argv, env = {}, timeoutMs, repository }: ProgramPlan,
  asked: boolean,
): Promise<Program> {
  const { run } = shell;
  if (argv === undefined || decision.decision === 'deny') return run.fail({ kind: 'denied', decision });
  if (decision.decision === 'ask' && !asked) {
    const reason = `${decision.reason}, which nobody could be asked for before it was known`;
    return run.fail({ kind: 'denied', decision: { ...decision, decision: 'deny', reason } });
  }
  const program = { argv, env, timeoutMs };
  return repository === undefined ? program : guard(shell, program, repository);
}

/** Ends the script when git may not start in its repository. */
async function guard({ run, state }: Shell, program: Program, use: RepositoryUse): Promise<Program> {
  const { root, processes } = run.parts;
  const call = { root, cwd: state.directory.physical, env: program.env, use };
  const guarded = await guardRepository(processes, call);
  run.check();
  return guarded.kind === 'denied' ? run.fail(guarded) : { ...program, env: guarded.env };
}
