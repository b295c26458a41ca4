import { BOM, convertEndings, type LineEndings, readEndings, stripBom } from './line-endings.js';

/** What two texts differ in, when it is something a comparison of lines shows badly. */
export type TextDifference =
  | { readonly kind: 'none' }
  | { readonly kind: 'endings'; readonly from: LineEndings; readonly to: LineEndings }
  | { readonly kind: 'bom'; readonly added: boolean }
  | { readonly kind: 'final-newline'; readonly added: boolean }
  /** Only in white space around lines, or in several of the above. */
  | { readonly kind: 'white-space' }
  | { readonly kind: 'content' };

export function describeEndings(before: string, after: string): TextDifference {
  if (before === after) return { kind: 'none' };
  if (stripBom(before) === stripBom(after)) return { kind: 'bom', added: after.startsWith(BOM) };
  if (stripFinalNewline(before) === stripFinalNewline(after))
    return { kind: 'final-newline', added: after.length > before.length };
  if (convertEndings(before, 'lf') === convertEndings(after, 'lf'))
    return { kind: 'endings', from: readEndings(before), to: readEndings(after) };
  if (trimLines(before) === trimLines(after)) return { kind: 'white-space' };
  return { kind: 'content' };
}

function stripFinalNewline(text: string): string {
  return text.replace(/\r?\n$/, '');
}

function trimLines(text: string): string {
  const lines = stripFinalNewline(text).split('\n');
  return lines.map((line) => line.trim()).join('\n');
}
