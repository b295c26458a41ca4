import type { Stdio } from './handle.js';
import type { ScriptRun } from './script-run.js';
import { forkState, type ShellState } from './state.js';

/** What a command runs in: the whole script, its subshell's state, and its own descriptors. */
export interface Shell {
  readonly run: ScriptRun;
  readonly state: ShellState;
  readonly stdio: Stdio;
}

/** How control goes on after a command; its status is in the state. */
export type Flow =
  | { readonly kind: 'next' }
  /** `levels` loops are still to be left, or all but the last of them. */
  | { readonly kind: 'break' | 'continue'; readonly levels: number }
  | { readonly kind: 'exit' };

export const next: Flow = { kind: 'next' };

export function forkShell(shell: Shell, stdio: Stdio): Shell {
  return { run: shell.run, state: forkState(shell.state), stdio };
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
