import type { Script } from '../../../policy/shell/ast.js';
import { literalText } from '../../../policy/shell/literal-text.js';
import { builtins } from './builtins/index.js';
import { XARGS } from './xargs/run-xargs.js';

/** The words of a script that is one program with nothing to expand, redirect or join; otherwise undefined. */
export function literalWords({ statements }: Script): readonly string[] | undefined {
  const [statement] = statements;
  if (statement === undefined || statements.length > 1 || statement.rest.length > 0) return undefined;
  const { negated, commands } = statement.first;
  const [command] = commands;
  if (negated || commands.length > 1 || command?.kind !== 'simple') return undefined;
  if (command.assignments.length > 0 || command.redirects.length > 0) return undefined;
  const words: string[] = [];
  for (const word of command.words) {
    const text = literalText(word);
    if (text === undefined) return undefined;
    words.push(text);
  }
  const [name] = words;
  return name === undefined || name === XARGS || Object.hasOwn(builtins, name) ? undefined : words;
}
