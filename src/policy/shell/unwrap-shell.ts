import type { Script } from './ast.js';
import { literalText } from './literal-text.js';

const SHELLS: ReadonlySet<string> = new Set(['bash', '/bin/bash', '/usr/bin/bash']);
/** A login shell reads files that the sandbox's image alone has; they set nothing that a command here would get. */
const FLAGS: ReadonlySet<string> = new Set(['-c', '-lc', '-l -c']);

/** The text of `bash -c 'TEXT'` where the command is nothing else, so that TEXT can be parsed and run in its place. */
export function unwrapShell({ statements }: Script): string | undefined {
  const [statement, ...others] = statements;
  if (statement === undefined || others.length > 0 || statement.rest.length > 0) return undefined;
  const { commands, negated } = statement.first;
  const [command, ...piped] = commands;
  if (command?.kind !== 'simple' || piped.length > 0 || negated) return undefined;
  if (command.assignments.length > 0 || command.redirects.length > 0) return undefined;
  const words = command.words.map(literalText);
  return words.every((word) => word !== undefined) ? unwrapArguments(words) : undefined;
}

/** The same for a list of arguments. */
export function unwrapArguments(argv: readonly string[]): string | undefined {
  const [shell, ...args] = argv;
  const text = args.at(-1);
  if (shell === undefined || text === undefined || !SHELLS.has(shell)) return undefined;
  return FLAGS.has(args.slice(0, -1).join(' ')) ? text : undefined;
}
