import { isKnown, UNKNOWN, type Value } from './value.js';

/** A command of xargs before anything has been read: what the input will be is unknown. The name stays as it is. */
export function withInput(command: readonly Value[], replace: string | undefined): readonly Value[] {
  if (replace === undefined) return [...command, UNKNOWN];
  return command.map((word, index) => (index === 0 ? word : withItem(word, replace)));
}

function withItem(word: Value, replace: string): Value {
  if (replace === '') return UNKNOWN;
  if (isKnown(word)) {
    const start = word.indexOf(replace);
    return start < 0 ? word : { prefix: word.slice(0, start), example: word.replaceAll(replace, 'x') };
  }
  // What stands for the item may begin at the end of what is known.
  const start = word.prefix.indexOf(replace);
  const known = start < 0 ? Math.max(0, word.prefix.length - replace.length + 1) : start;
  return { prefix: word.prefix.slice(0, known), example: word.example.replaceAll(replace, 'x') };
}
