import type { Assignment, Simple } from '../../../policy/shell/ast.js';
import { type Builtin, builtins } from './builtins/index.js';
import { expandText, expandWords } from './expand-word.js';
import { planStart } from './plan-start.js';
import { withRedirects } from './redirects.js';
import { runProgram } from './run-program.js';
import { complain, type Flow, forWords, next, runApart, type Shell } from './shell.js';
import { runXargs, XARGS } from './xargs/run-xargs.js';

/** Words, then assignments, then redirections; then a builtin or a program, if a word is left. */
export async function runSimple(shell: Shell, command: Simple, onStart?: () => void): Promise<Flow> {
  const { state } = shell;
  state.substituted = undefined;
  const words = forWords(shell);
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
  // Before anything of the command has happened.
  const program = await planStart(shell, argv, assignments);
  return runApart(state, () =>
    withRedirects(shell, command.redirects, async (inner) => {
      if (name === XARGS) {
        state.status = await runXargs(inner, argv.slice(1), assignments, program.timeoutMs);
        return next;
      }
      const end = await runProgram(inner, program, onStart);
      state.status = end.status;
      if (!end.started) await complain(inner, `${name}: ${end.reason}`);
      // Said by the shell, which its command's redirections do not concern.
      else if (end.death !== undefined && !state.quiet) await complain(shell, end.death);
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
