import type { WorkspacePath } from '../../base/workspace-path.js';
import type { Command, WordPart } from './ast.js';
import { literalText } from './literal-text.js';

const FOLDED: ReadonlySet<string | undefined> = new Set(['pwd', 'echo', 'printf', 'dirname', 'basename']);

/** What a command prints, where its text alone tells: `pwd`, and `echo`, `printf`, `dirname`, `basename` of plain words. */
export function foldCommand(command: Command, cwd: WorkspacePath): string | undefined {
  if (command.kind !== 'simple' || command.redirects.length > 0) return undefined;
  const [name] = command.words;
  if (name === undefined || !FOLDED.has(literalText(name))) return undefined;
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
      return first === undefined || args.length > 1 ? undefined : dirname(first);
    case 'basename':
      return first === undefined || args.length > 1 ? undefined : basename(first);
    default:
      return undefined;
  }
}

/** dirname(1) and basename(1) of a path that does not end in a slash. */
function dirname(path: string): string {
  const slash = path.lastIndexOf('/');
  return slash < 0 ? '.' : path.slice(0, slash) || '/';
}

function basename(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** A format without any directive but `%s` and line ends. */
function foldFormat([format, ...args]: readonly string[]): string | undefined {
  if (format === undefined) return undefined;
  const plain = format.replaceAll('%s', '').replaceAll(/\\[n0t]/g, '');
  if (/[%\\]/.test(plain)) return undefined;
  return [format.replaceAll('%s', '').replaceAll(/\\[n0t]/g, ' '), ...args].join(' ').trim();
}

/** `$(pwd)`, `$(echo text)`, `$(printf '%s' text)` and `$(dirname text)` are what they say. */
export function foldSubstitution(
  part: Extract<WordPart, { kind: 'substitution' }>,
  cwd: WorkspacePath,
): string | undefined {
  const [statement, ...others] = part.script.statements;
  if (statement === undefined || others.length > 0 || statement.rest.length > 0) return undefined;
  const [command, ...piped] = statement.first.commands;
  return command === undefined || piped.length > 0 ? undefined : foldCommand(command, cwd);
}
