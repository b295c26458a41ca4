import { ExpansionError } from './expansion-error.js';
import type { Stdio } from './handle.js';
import type { ScriptRun } from './script-run.js';
import { forkState, type ShellState } from './state.js';

/** What a command runs in: the whole script, its subshell's state, and its own descriptors. */
export interface Shell {
  readonly run: ScriptRun;
  readonly state: ShellState;
  readonly stdio: Stdio;
  /** `set -e` is not heeded: in a condition, before `&&` or `||`, under `!`, and in all that these hold. */
  readonly lenient?: boolean;
  /** It is not heeded in command substitutions either: those of a simple command or a `[[ … ]]` in such a place. */
  readonly lenientInside?: boolean;
}

/** How control goes on after a command; its status is in the state. */
export type Flow =
  | { readonly kind: 'next' }
  /** `levels` loops are still to be left, or all but the last of them. */
  | { readonly kind: 'break' | 'continue'; readonly levels: number }
  | { readonly kind: 'exit'; readonly failed?: boolean };

export const next: Flow = { kind: 'next' };

/** Where an option of `set` ends the shell: not what `exit` does. */
const failed: Flow = { kind: 'exit', failed: true };

export function forkShell(shell: Shell, stdio: Stdio): Shell {
  return { ...shell, state: forkState(shell.state), stdio };
}

/** The shell for what may fail under `set -e`. */
export function forgive(shell: Shell): Shell {
  return shell.lenient === true ? shell : { ...shell, lenient: true };
}

/** The shell for the words of a command: whether `set -e` is heeded inside them hangs on where that stands. */
export function forWords(shell: Shell): Shell {
  return shell.lenient === true ? { ...shell, lenientInside: true } : shell;
}

/** After a command that `set -e` concerns: whether it ends the shell. */
export function heedFailure({ state, lenient }: Shell): Flow {
  return state.status !== 0 && state.options.errexit && lenient !== true ? failed : next;
}

/** Runs a shell to its end. */
export async function runToEnd({ state }: Shell, body: () => Promise<Flow>): Promise<Flow> {
  try {
    return await body();
  } catch (error) {
    endShell(state, error);
    return failed;
  }
}

/** bash opens the files of a program, or of a subshell, in that one's own process: only that ends there. */
export async function runApart(state: ShellState, body: () => Promise<Flow>): Promise<Flow> {
  try {
    return await body();
  } catch (error) {
    endShell(state, error);
    return next;
  }
}

/** Gives the status that `bash -c` would end with; what ends no shell is thrown on. */
function endShell(state: ShellState, error: unknown): void {
  if (!(error instanceof ExpansionError)) throw error;
  state.status = error.kind === 'arithmetic' || state.inside || state.options.errexit ? 1 : 127;
}

/** A sentence of the shell's own on standard error. */
export async function complain(shell: Shell, text: string): Promise<void> {
  try {
    await shell.stdio[2].write(Buffer.from(`${text}\n`));
  } catch (error) {
    // As in bash: where nobody can be told, nobody is.
    if (!(error instanceof Error && 'code' in error)) throw error;
  }
}
