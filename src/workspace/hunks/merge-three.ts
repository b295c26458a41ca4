import { BOM, convertEndings, type LineEnding, readEndings, stripBom } from './line-endings.js';
import { markConflicts } from './mark-conflicts.js';
import { type MergeRegion, mergeRegions } from './merge-regions.js';
import { splitLines } from './split-lines.js';

export interface MergeInput {
  readonly base: string;
  readonly ours: string;
  readonly theirs: string;
}

export type MergeResult =
  | { readonly kind: 'clean'; readonly text: string }
  | {
      readonly kind: 'conflict';
      /** The text begins with a BOM, which is not in the regions. */
      readonly bom: boolean;
      readonly regions: readonly MergeRegion[];
      /** The text with the conflicts between markers as git's diff3 style has them. */
      readonly marked: string;
    }
  | { readonly kind: 'too-large' };

/** Characters and lines of each text. */
const MAX_LENGTH = 4 * 1024 * 1024;
const MAX_LINES = 100_000;

/**
 * What both sides made of the base. Changes to the same lines, or to lines that touch, conflict unless they are equal.
 * Line endings and a BOM are merged first and by themselves: a side that converted the whole text changed no line.
 */
export function mergeThree({ base, ours, theirs }: MergeInput): MergeResult {
  if (ours === theirs || base === theirs) return { kind: 'clean', text: ours };
  if (base === ours) return { kind: 'clean', text: theirs };
  if ([base, ours, theirs].some(({ length }) => length > MAX_LENGTH)) return { kind: 'too-large' };
  const ending = chooseEnding(base, ours, theirs);
  const [old = [], mine = [], other = []] = [base, ours, theirs].map((text) => {
    const plain = stripBom(text);
    return splitLines(ending === undefined ? plain : convertEndings(plain, ending));
  });
  if ([old, mine, other].some(({ length }) => length > MAX_LINES)) return { kind: 'too-large' };
  const regions = mergeRegions(old, mine, other);
  const bom = chooseBom(base, ours, theirs);
  const marked = markConflicts(regions, bom, (ending ?? readEndings(ours)) === 'crlf' ? '\r\n' : '\n');
  const clean = regions.every(({ kind }) => kind === 'merged');
  return clean ? { kind: 'clean', text: marked } : { kind: 'conflict', bom, regions, marked };
}

/**
 * The ending all three texts are brought to, or `undefined` when no side converted its text: that of the side which
 * did, and ours when both did it differently.
 */
function chooseEnding(base: string, ours: string, theirs: string): LineEnding | undefined {
  const was = readEndings(base);
  if (was === 'none') return undefined;
  for (const side of [ours, theirs]) {
    const is = readEndings(side);
    if (is !== was && (is === 'lf' || is === 'crlf')) return is;
  }
  return undefined;
}

function chooseBom(base: string, ours: string, theirs: string): boolean {
  return (base.startsWith(BOM) === ours.startsWith(BOM) ? theirs : ours).startsWith(BOM);
}
