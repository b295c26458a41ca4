import type { Field, Piece } from '../../../policy/shell/field.js';

/** A piece as expansion left it; `split` marks an unquoted result of a variable or substitution. */
export interface Expanded extends Piece {
  readonly split: boolean;
}

/** Splits at blanks, tabs and line ends, bash's default IFS; a word that is nothing at all gives no field. */
export function splitFields(pieces: readonly Expanded[]): readonly Field[] {
  const fields: Field[] = [];
  let current: Piece[] | undefined;
  const finish = () => {
    if (current !== undefined) fields.push(current);
    current = undefined;
  };
  const add = (piece: Piece) => {
    current ??= [];
    current.push(piece);
  };
  for (const { text, quoted, split } of pieces) {
    if (!split) {
      add({ text, quoted });
      continue;
    }
    for (const stretch of text.split(/([ \t\n]+)/)) {
      if (stretch === '') continue;
      if (/^[ \t\n]/.test(stretch)) finish();
      else add({ text: stretch, quoted });
    }
  }
  finish();
  return fields;
}
