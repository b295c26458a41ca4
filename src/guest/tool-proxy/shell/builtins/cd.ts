import { PathRefusedError } from '../../files/beneath.js';
import { changeDirectory, describeSystemError } from '../resolve-path.js';
import type { Shell } from '../shell.js';
import { type Builtin, type BuiltinEnd, refuse, writeOutput } from './builtin.js';

/** `cd DIR` and `cd -`, logically, never out of the workspace. */
export const cd: Builtin = async (shell, words) => {
  const args = words[0] === '--' ? words.slice(1) : words;
  const [path] = args;
  if (path === undefined) return refuse(shell, 'cd: name a directory of the workspace');
  if (args.length > 1) return refuse(shell, 'cd: too many arguments');
  if (path === '-') {
    const { previous } = shell.state;
    if (previous === undefined) return refuse(shell, 'cd: OLDPWD not set');
    const end = await go(shell, previous, previous);
    return end.status === 0 ? writeOutput(shell, 'cd', Buffer.from(`${previous}\n`)) : end;
  }
  if (path.startsWith('-') && args === words) return refuse(shell, `cd: ${path}: invalid option`, 2);
  // As in bash, the empty name is where we are.
  return go(shell, path === '' ? '.' : path, path);
};

async function go(shell: Shell, path: string, name: string): Promise<BuiltinEnd> {
  const { run, state } = shell;
  try {
    const from = state.directory.logical;
    state.directory = changeDirectory(run.parts.root, state.directory, path);
    state.previous = from;
    state.variables.set('PWD', state.directory.logical);
    state.variables.set('OLDPWD', from);
    return { status: 0 };
  } catch (error) {
    if (error instanceof PathRefusedError) {
      const decision = { decision: 'deny', rule: 'command.cwd', reason: `cd: ${error.message}` } as const;
      return run.fail({ kind: 'denied', decision });
    }
    return refuse(shell, `cd: ${name}: ${describeSystemError(error)}`);
  }
}
