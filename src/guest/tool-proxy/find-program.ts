import { accessSync, constants, type Stats, statSync } from 'node:fs';
import { commandPath } from './environment.js';
import { describeSystemError } from './shell/resolve-path.js';

export type FoundProgram =
  | { readonly kind: 'found'; readonly file: string }
  | { readonly kind: 'missing'; readonly status: 126 | 127; readonly reason: string };

/** A name without a slash is looked up in the fixed directories only, never in what the script's PATH says. */
export function findProgram(name: string, cwd: string): FoundProgram {
  if (name === '') return { kind: 'missing', status: 127, reason: 'command not found' };
  if (name.includes('/')) return judgeFile(name.startsWith('/') ? name : `${cwd}/${name}`);
  for (const dir of commandPath) {
    const found = judgeFile(`${dir}/${name}`);
    if (found.kind === 'found') return found;
  }
  return { kind: 'missing', status: 127, reason: 'command not found' };
}

function judgeFile(file: string): FoundProgram {
  let stat: Stats | undefined;
  try {
    stat = statSync(file, { throwIfNoEntry: false });
    if (stat === undefined) return { kind: 'missing', status: 127, reason: 'No such file or directory' };
    if (stat.isDirectory()) return { kind: 'missing', status: 126, reason: 'Is a directory' };
    accessSync(file, constants.X_OK);
    return { kind: 'found', file };
  } catch (error) {
    return { kind: 'missing', status: 126, reason: describeSystemError(error) };
  }
}
