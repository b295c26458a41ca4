import { posix } from 'node:path';
import type { WorkspacePath } from '../../base/workspace-path.js';
import type { Command, Word } from './ast.js';

/** What a command prints, where its text alone tells: `pwd`, and `echo`, `printf`, `dirname`, `basename` of plain words. */
export function foldCommand(command: Command, cwd: WorkspacePath): string | undefined {
  if (command.kind !== 'simple' || command.redirects.length > 0) return undefined;
  const words = command.words.map(literalText);
  if (!words.every((word) => word !== undefined)) return undefined;
  const [program, ...args] = words;
  const [first] = args;
  switch (program) {
    case 'pwd':
      return `/workspace/${cwd}`.replace(/\/$/, '');
    case 'echo':
      return args.slice(first !== undefined && /^-[neE]+$/.test(first) ? 1 : 0).join(' ');
    case 'printf':
      return foldFormat(args);
    case 'dirname':
      return first === undefined || args.length > 1 ? undefined : posix.dirname(first);
    case 'basename':
      return first === undefined || args.length > 1 ? undefined : posix.basename(first);
    default:
      return undefined;
  }
}

/** A format without any directive but `%s` and line ends. */
function foldFormat([format, ...args]: readonly string[]): string | undefined {
  if (format === undefined) return undefined;
  const plain = format.replaceAll('%s', '').replaceAll(/\\[n0t]/g, '');
  if (/[%\\]/.test(plain)) return undefined;
  return [format.replaceAll('%s', '').replaceAll(/\\[n0t]/g, ' '), ...args].join(' ').trim();
}

function literalText({ parts }: Word): string | undefined {
  let text = '';
  for (const part of parts) {
    if (part.kind !== 'text') return undefined;
    text += part.text;
  }
  return text;
}
