import { planProgram } from '../../../policy/plan-program.js';
import type { Assignment, Simple } from '../../../policy/shell/ast.js';
import type { RepositoryUse } from '../../../policy/tools/git/harmful-settings.js';
import { guardRepository } from '../git/guard-repository.js';
import { type Builtin, builtins } from './builtins/index.js';
import { expandText, expandWords } from './expand-word.js';
import { withRedirects } from './redirects.js';
import { type Program, runProgram } from './run-program.js';
import { complain, type Flow, next, runApart, type Shell } from './shell.js';
import { exportedVariables } from './variables.js';

/** Words, then assignments, then redirections; then a builtin or a program, if a word is left. */
export async function runSimple(shell: Shell, command: Simple, onStart?: () => void): Promise<Flow> {
  const { state } = shell;
  state.substituted = undefined;
  const words = shell.lenient === true ? { ...shell, lenientInside: true } : shell;
  const argv = await expandCommand(words, command);
  const assignments = await expandAssignments(words, command.assignments, argv.length === 0);
  const [name] = argv;
  if (name === undefined) {
    const finish = () =>
      withRedirects(shell, command.redirects, async () => {
        state.status = isApart(command) ? 0 : (state.substituted ?? 0);
        return next;
      });
    return isApart(command) ? runApart(state, finish) : finish();
  }
  const builtin = Object.hasOwn(builtins, name) ? builtins[name] : undefined;
  if (builtin !== undefined) {
    return withRedirects(shell, command.redirects, (inner) =>
      runBuiltin(inner, builtin, argv.slice(1), assignments),
    );
  }
  const program = await plan(shell, argv, assignments);
  return runApart(state, () =>
    withRedirects(shell, command.redirects, async (inner) => {
      const { status, death } = await runProgram(inner, program, onStart);
      state.status = status;
      // Said by the shell, which its command's redirections do not concern.
      if (death !== undefined && !state.quiet) await complain(shell, death);
      return next;
    }),
  );
}

/** bash gives a command without words a process of its own then, which knows of no substitution. */
function isApart({ redirects }: Simple): boolean {
  return redirects.some(
    (redirect) => redirect.kind === 'file' && redirect.mode === 'read' && redirect.fd === 0,
  );
}

/** `export NAME=value` takes its words as assignments. */
async function expandCommand(shell: Shell, { words }: Simple): Promise<readonly string[]> {
  const [first, ...rest] = words;
  const isExport = first?.parts.every((part) => part.kind === 'text' && part.text === 'export') ?? false;
  if (!isExport || first?.parts.length !== 1) return expandWords(shell, words);
  const argv = ['export'];
  for (const word of rest) {
    const [part] = word.parts;
    const assigns = part?.kind === 'text' && !part.quoted && /^[A-Za-z_]\w*=/.test(part.text);
    if (assigns) argv.push(await expandText(shell, word));
    else argv.push(...(await expandWords(shell, [word])));
  }
  return argv;
}

/** With a command they are its own alone; without one they are the shell's, each seeing those before it. */
async function expandAssignments(
  shell: Shell,
  assignments: readonly Assignment[],
  forShell: boolean,
): Promise<ReadonlyMap<string, string>> {
  const values = new Map<string, string>();
  for (const { name, value } of assignments) {
    const scope = forShell ? shell : { ...shell, state: overlay(shell, values) };
    const text = await expandText(scope, value);
    shell.state.status = scope.state.status;
    shell.state.substituted = scope.state.substituted;
    if (forShell) shell.state.variables.set(name, text);
    else values.set(name, text);
  }
  return values;
}

function overlay({ state }: Shell, values: ReadonlyMap<string, string>): Shell['state'] {
  return values.size === 0 ? state : { ...state, variables: new Map([...state.variables, ...values]) };
}

async function runBuiltin(
  shell: Shell,
  builtin: Builtin,
  args: readonly string[],
  assignments: ReadonlyMap<string, string>,
): Promise<Flow> {
  const { variables } = shell.state;
  const saved = [...assignments.keys()].map((name) => [name, variables.get(name)] as const);
  for (const [name, value] of assignments) variables.set(name, value);
  const { status, flow = next } = await builtin(shell, args);
  for (const [name, value] of saved) {
    // `A=b export A` keeps it.
    if (builtin === builtins.export && args.includes(name)) continue;
    if (value === undefined) variables.delete(name);
    else variables.set(name, value);
  }
  shell.state.status = status;
  return flow;
}

/** Asks the policy, before anything of the command has happened. */
async function plan(
  shell: Shell,
  argv: readonly string[],
  own: ReadonlyMap<string, string>,
): Promise<Program> {
  const { run, state } = shell;
  const assignments = { ...exportedVariables(shell), ...Object.fromEntries(own) };
  const planned = planProgram(run.parts.policy, { argv, assignments, cwd: state.directory.physical });
  if (planned.argv === undefined || planned.decision.decision === 'deny')
    return run.fail({ kind: 'denied', decision: planned.decision });
  if (planned.decision.decision === 'ask' && !run.parts.asked) {
    const reason = `${planned.decision.reason}, which nobody could be asked for before it was known`;
    return run.fail({ kind: 'denied', decision: { ...planned.decision, decision: 'deny', reason } });
  }
  const program = { argv: planned.argv, env: planned.env ?? {}, timeoutMs: planned.timeoutMs };
  return planned.repository === undefined ? program : guard(shell, program, planned.repository);
}

/** Ends the script when git may not start in its repository. */
async function guard({ run, state }: Shell, program: Program, use: RepositoryUse): Promise<Program> {
  const { root, processes } = run.parts;
  const call = { root, cwd: state.directory.physical, env: program.env, use };
  const guarded = await guardRepository(processes, call);
  run.check();
  return guarded.kind === 'denied' ? run.fail(guarded) : { ...program, env: guarded.env };
}
