/** A stretch of a word after its variables and substitutions became text. */
export interface Piece {
  readonly text: string;
  /** Quoted text stands for itself; in unquoted text `*`, `?`, `[` and `\` mean something to a pattern. */
  readonly quoted: boolean;
}

/** A word, or one of the words that splitting made of it. */
export type Field = readonly Piece[];

export function textOf(field: Field): string {
  return field.map(({ text }) => text).join('');
}
