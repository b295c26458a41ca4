import type { ParameterOperator } from './ast.js';
import { matchesOne, type Pattern, type Token } from './match-pattern.js';

/** The operators that cut. */
export type TrimOperator = Extract<ParameterOperator, '#' | '##' | '%' | '%%'>;

export function isTrim(operator: string): operator is TrimOperator {
  return operator === '#' || operator === '##' || operator === '%' || operator === '%%';
}

/** `${NAME#pattern}` and its like; undefined when that would take more than `maxSteps`. */
export function trimValue(
  value: string,
  operator: TrimOperator,
  { tokens }: Pattern,
  maxSteps: number,
): string | undefined {
  const chars = [...value];
  if ((chars.length + 1) * (tokens.length + 1) > maxSteps) return undefined;
  const longest = operator.length === 2;
  if (operator.startsWith('#')) return chars.slice(findMatch(tokens, chars, longest)).join('');
  // A suffix, read from its end.
  const length = findMatch([...tokens].reverse(), chars.toReversed(), longest);
  return chars.slice(0, chars.length - length).join('');
}

/** How many characters at the start match; 0 when none do. All ways to match are followed at once. */
function findMatch(tokens: readonly Token[], chars: readonly string[], longest: boolean): number {
  let found = 0;
  let states = follow(tokens, new Set([0]));
  for (const [index, char] of [...chars, ''].entries()) {
    if (states.has(tokens.length)) {
      if (!longest) return index;
      found = index;
    }
    if (index === chars.length) break;
    const after = new Set<number>();
    for (const state of states) {
      const token = tokens[state];
      if (token === undefined || !matchesOne(token, char)) continue;
      after.add(token.kind === 'any' ? state : state + 1);
    }
    if (after.size === 0) break;
    states = follow(tokens, after);
  }
  return found;
}

/** With the states that a `*` of no length leads to. */
function follow(tokens: readonly Token[], states: Set<number>): Set<number> {
  // What is added on the way is visited too.
  for (const state of states) if (tokens[state]?.kind === 'any') states.add(state + 1);
  return states;
}
