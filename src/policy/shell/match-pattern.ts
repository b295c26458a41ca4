import { type Bracket, parseBracket } from './bracket.js';
import type { Field } from './field.js';

/** One character of a pattern. */
export interface PatternChar {
  readonly char: string;
  readonly quoted: boolean;
}

export type Token =
  | { readonly kind: 'char'; readonly char: string }
  | { readonly kind: 'one' }
  | { readonly kind: 'any' }
  | Bracket;

/** A compiled pattern; `literal` is set when nothing in it is active. */
export interface Pattern {
  readonly tokens: readonly Token[];
  readonly literal: string | undefined;
}

export function toChars(field: Field): readonly PatternChar[] {
  return field.flatMap(({ text, quoted }) => [...text].map((char) => ({ char, quoted })));
}

/** Reads a pattern as bash does: a bracket that never closes and a last backslash stand for themselves. */
export function compilePattern(chars: readonly PatternChar[]): Pattern {
  const tokens: Token[] = [];
  for (let at = 0; at < chars.length; ) {
    const { char, quoted } = chars[at] ?? { char: '', quoted: true };
    const following = chars[at + 1];
    if (!quoted && char === '[') {
      const bracket = parseBracket(chars, at);
      if (bracket !== undefined) {
        tokens.push(bracket.token);
        at = bracket.end;
        continue;
      }
    }
    if (!quoted && char === '\\' && following !== undefined) {
      tokens.push({ kind: 'char', char: following.char });
      at += 2;
      continue;
    }
    tokens.push(readChar(char, quoted));
    at += 1;
  }
  return { tokens, literal: literalOf(tokens) };
}

/** Whether the whole text matches. A slash and a leading dot are ordinary here. */
export function matches({ tokens, literal }: Pattern, text: string): boolean {
  if (literal !== undefined) return literal === text;
  const chars = [...text];
  let [token, char] = [0, 0];
  let [retryToken, retryChar] = [-1, -1];
  while (char < chars.length) {
    const current = tokens[token];
    if (current?.kind === 'any') {
      retryToken = token;
      retryChar = char;
      token += 1;
    } else if (current !== undefined && matchesOne(current, chars[char] ?? '')) {
      token += 1;
      char += 1;
    } else if (retryToken !== -1) {
      retryChar += 1;
      token = retryToken + 1;
      char = retryChar;
    } else return false;
  }
  return tokens.slice(token).every(({ kind }) => kind === 'any');
}

function readChar(char: string, quoted: boolean): Token {
  if (!quoted && char === '*') return { kind: 'any' };
  if (!quoted && char === '?') return { kind: 'one' };
  return { kind: 'char', char };
}

export function matchesOne(token: Token, char: string): boolean {
  switch (token.kind) {
    case 'any':
    case 'one':
      return true;
    case 'char':
      return token.char === char;
    case 'bracket':
      return token.tests.some((test) => test(char)) !== token.negated;
  }
}

function literalOf(tokens: readonly Token[]): string | undefined {
  let text = '';
  for (const token of tokens) {
    if (token.kind !== 'char') return undefined;
    text += token.char;
  }
  return text;
}
