import type { WorkspacePath } from '../../../base/workspace-path.js';
import { noOptions, type ShellOptions } from '../../../policy/shell/shell-options.js';

/** Where a script stands. */
export interface Directory {
  /** Absolute, as `cd` was told: links in it are kept, as in bash. */
  readonly logical: string;
  /** Where that really is, below the workspace root. */
  readonly physical: WorkspacePath;
}

/** What a subshell has a copy of. */
export interface ShellState {
  readonly variables: Map<string, string>;
  readonly exported: Set<string>;
  directory: Directory;
  /** Set by `cd`; programs are told of it from then on. */
  previous: string | undefined;
  /** `$?`. */
  status: number;
  /** Of the last command substitution of the words at hand. */
  substituted: number | undefined;
  /** How many loops `break` and `continue` can see. */
  loops: number;
  /** Nothing is said of a program that a signal killed. */
  quiet: boolean;
  /** What `set` has switched. */
  options: ShellOptions;
  /** Somewhere below a subshell of the script's: bash tells a fatal error there by another status. */
  inside: boolean;
}

export function openState(environment: Readonly<Record<string, string>>, directory: Directory): ShellState {
  return {
    variables: new Map([...Object.entries(environment), ['PWD', directory.logical]]),
    exported: new Set(Object.keys(environment)),
    directory,
    previous: undefined,
    status: 0,
    substituted: undefined,
    loops: 0,
    quiet: false,
    options: noOptions,
    inside: false,
  };
}

export function forkState(state: ShellState): ShellState {
  return { ...state, variables: new Map(state.variables), exported: new Set(state.exported) };
}
