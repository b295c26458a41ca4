import { type Item, startOf } from './outline.js';

/** A change of a text: `remove` units at `at` become `insert`. */
export interface Edit {
  readonly at: number;
  readonly remove: number;
  readonly insert: string;
}

/** What tree-sitter reads wrong, or not at all. */
export interface Weakness {
  readonly reason: string;
  /** The shortest text that shows it. */
  readonly example: string;
  /** What makes a text one without it; nothing if it has none. `outline` is ours. */
  readonly edits: (text: string, outline: readonly Item[]) => readonly Edit[];
}

/** All items, outer ones before inner ones, each with the one behind it. */
export function visit(items: readonly Item[]): { readonly item: Item; readonly next: Item | undefined }[] {
  return items.flatMap((item, index) => [{ item, next: items[index + 1] }, ...visit(item.items)]);
}

export function replaceAll(text: string, pattern: RegExp, insert: string): Edit[] {
  return [...text.matchAll(pattern)].map(({ 0: found, index }) => ({
    at: index,
    remove: found.length,
    insert,
  }));
}

/** The same for what follows `from`; `within` tells how far. */
export function replaceWithin(
  text: string,
  from: number,
  within: RegExp,
  pattern: RegExp,
  insert: string,
): Edit[] {
  const part = within.exec(text.slice(from));
  if (part === null) return [];
  const edits = replaceAll(part[0], pattern, insert);
  return edits.map((edit) => ({ ...edit, at: from + part.index + edit.at }));
}

/** Replaces what stands right before `end`. */
export function replaceBefore(text: string, end: number, pattern: RegExp, insert: string): Edit[] {
  const found = pattern.exec(text.slice(0, end));
  return found === null ? [] : [{ at: found.index, remove: found[0].length, insert }];
}

/** One bare word, or what of it stands before the first quote. */
export const BARE_WORD = /^(?:[^\s;&|()<>'"`\\]|\\[\s\S])+/;

export function isWord({ label }: Item): boolean {
  return label === 'word';
}

export function isAssignment({ label }: Item): boolean {
  return /^\w+=$/.test(label);
}

export function isRedirect({ label }: Item): boolean {
  return /^[\d&][<>]/.test(label);
}

/** Where the name of a command begins. */
export function nameOf({ label, items }: Item): Item | undefined {
  return label === 'command' ? items.find(isWord) : undefined;
}

export function placeOf(item: Item | undefined): number {
  return item === undefined ? 0 : startOf(item);
}
