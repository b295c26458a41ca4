import type { SimplePart, WordPart } from '../../../policy/shell/ast.js';
import { compilePattern, toChars } from '../../../policy/shell/match-pattern.js';
import { isTrim, trimValue } from '../../../policy/shell/trim-value.js';
import { ExpansionError } from './expansion-error.js';
import type { Shell } from './shell.js';
import type { Expanded } from './split-fields.js';

const MAX_STEPS = 5_000_000;

/** `${NAME:-word}`, `${NAME%pattern}`, `${#NAME}` and their like. */
export function expandParameter(
  shell: Shell,
  part: Extract<WordPart, { kind: 'parameter' }>,
): readonly Expanded[] {
  const { name, operator, word, quoted } = part;
  if (operator === 'length')
    return [{ text: String([...readVariable(shell, name)].length), quoted, split: false }];
  if (isTrim(operator)) {
    const value = readVariable(shell, name);
    const pattern = compilePattern(toChars(word.map((of) => expandSimple(shell, of))));
    const text = trimValue(value, operator, pattern, MAX_STEPS);
    if (text !== undefined) return [{ text, quoted, split: !quoted }];
    return shell.run.fail({
      kind: 'limit',
      what: `\${${name}${operator}…}: the value or pattern is too long`,
    });
  }
  // These may read what nothing has set.
  const value = lookUp(shell, name);
  const isSet = operator.startsWith(':') ? (value ?? '') !== '' : value !== undefined;
  const takesWord = operator.endsWith('-') ? !isSet : isSet;
  if (!takesWord) return [{ text: operator.endsWith('-') ? (value ?? '') : '', quoted, split: !quoted }];
  if (word.length === 0) return [{ text: '', quoted, split: !quoted }];
  // Its own text is split like a value, unless quoted.
  return word.map((of) => expandSimple(shell, of)).map((piece) => ({ ...piece, split: !piece.quoted }));
}

export function expandSimple(shell: Shell, part: SimplePart): Expanded {
  switch (part.kind) {
    case 'text':
      return { text: part.text, quoted: part.quoted, split: false };
    case 'glob':
      return { text: part.pattern, quoted: false, split: false };
    case 'variable':
      return { text: readVariable(shell, part.name), quoted: part.quoted, split: !part.quoted };
  }
}

/** '' when it is not set, unless under `set -u`. Throws ExpansionError. */
export function readVariable(shell: Shell, name: string): string {
  const value = lookUp(shell, name);
  if (value === undefined && shell.state.options.nounset)
    throw new ExpansionError('unbound', `${name}: unbound variable`);
  return value ?? '';
}

function lookUp({ state }: Shell, name: string): string | undefined {
  return name === '?' ? String(state.status) : state.variables.get(name);
}
