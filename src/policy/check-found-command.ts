import type { Refused, ToolContext } from './check-tool.js';
import { exampleOf, type Value } from './value.js';

/** What find puts in place of `{}`: no option, for it starts as the place does that is searched; it may be below .git. */
const found: Value = { prefix: '.git/', example: '.git/x' };

export type FoundCommand = { readonly ok: true; readonly words: readonly Value[] } | Refused;

/**
 * Checks the command of find's -exec. Returns the words to run, which may be more than are written: those that the
 * tool's table puts in. `several`: it ends in `{} +`, so there may be many names.
 */
export function checkFoundCommand(
  context: ToolContext,
  command: readonly Value[],
  several: boolean,
): FoundCommand {
  if (command.some((word) => word !== '{}' && exampleOf(word).includes('{}')))
    return refuse('find puts names only in place of a whole word');
  const written = several ? [...command, '{}', '{}'] : command;
  const words = written.map((word) => (word === '{}' ? found : word));
  const nested = context.nest(words, 'none');
  if (!nested.ok) return nested;
  if (nested.ask) return refuse('it needs consent, and may run for many names');
  const same = words.findIndex((word, index) => nested.words[index] !== word);
  const at = same < 0 ? words.length : same;
  const inserted = nested.words.slice(at, at + nested.words.length - words.length);
  const rest = nested.words.slice(at + inserted.length);
  if (rest.length !== words.length - at || rest.some((word, index) => word !== words[at + index]))
    return refuse('find would run it otherwise than it was checked');
  return { ok: true, words: [...command.slice(0, at), ...inserted, ...command.slice(at)] };
}

function refuse(reason: string): Refused {
  return { ok: false, part: 'command', reason };
}
