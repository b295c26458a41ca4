import { accessSync, constants, lstatSync, type Stats, statSync } from 'node:fs';
import type { FileOperator } from '../../../policy/shell/ast.js';
import type { Shell } from './shell.js';

/** What test(1) says of the path, links followed but for `-L`. */
export function testFile({ run, state }: Shell, operator: FileOperator, path: string): boolean {
  if (path === '') return false;
  const from = path.startsWith('/') ? path : `${run.parts.root}/${state.directory.physical}/${path}`;
  try {
    return check(operator, from);
  } catch {
    // Not there, or not to be seen by the programs either.
    return false;
  }
}

function check(operator: FileOperator, path: string): boolean {
  switch (operator) {
    case '-L':
      return lstatSync(path).isSymbolicLink();
    case '-r':
      return isAccessible(path, constants.R_OK);
    case '-w':
      return isAccessible(path, constants.W_OK);
    case '-x':
      return isAccessible(path, constants.X_OK);
    default:
      return isLike(operator, statSync(path));
  }
}

function isLike(operator: '-e' | '-f' | '-d' | '-s', stat: Stats): boolean {
  switch (operator) {
    case '-e':
      return true;
    case '-f':
      return stat.isFile();
    case '-d':
      return stat.isDirectory();
    case '-s':
      return stat.size > 0;
  }
}

/** Throws when not. */
function isAccessible(path: string, mode: number): true {
  accessSync(path, mode);
  return true;
}
