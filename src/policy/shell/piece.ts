import type { WordPart } from './ast.js';

/** A word as it was read, before braces and globs get their meaning. */
export interface RawWord {
  readonly pieces: readonly Piece[];
  /** Unquoted `* ? [ ] { } ~` are in it. */
  readonly active: boolean;
  /** From the start of the whole text. */
  readonly offset: number;
}

export type Piece =
  /** Unquoted text, every character with the meaning its place gives it. */
  | { readonly kind: 'raw'; readonly text: string }
  | { readonly kind: 'quoted'; readonly text: string }
  /** Opaque to braces and globs; `commands` says how many simple commands a copy of it adds. */
  | { readonly kind: 'part'; readonly part: ExpansionPart; readonly commands: number };

export type ExpansionPart = Exclude<WordPart, { readonly kind: 'text' | 'glob' }>;

export function pushPart(pieces: Piece[], part: ExpansionPart, commands = 0): void {
  pieces.push({ kind: 'part', part, commands });
}

export function pushRaw(pieces: Piece[], text: string): void {
  const last = pieces.at(-1);
  if (last?.kind === 'raw') pieces[pieces.length - 1] = { kind: 'raw', text: last.text + text };
  else pieces.push({ kind: 'raw', text });
}

/** An empty text counts: `''` is a word. */
export function pushQuoted(pieces: Piece[], text: string): void {
  const last = pieces.at(-1);
  if (last?.kind === 'quoted') pieces[pieces.length - 1] = { kind: 'quoted', text: last.text + text };
  else pieces.push({ kind: 'quoted', text });
}
