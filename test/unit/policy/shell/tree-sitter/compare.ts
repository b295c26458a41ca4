import { parseScript } from '../../../../../src/policy/shell/parse.js';
import type { Edit, Weakness } from './edits.js';
import { outlineScript } from './our-outline.js';
import { type Item, keepComparable, renderOutline } from './outline.js';
import type { ReadTree } from './read-tree.js';
import { outlineTree } from './their-outline.js';
import { weaknesses } from './weaknesses.js';

export type Comparison =
  /** `text` is what was compared in the end. */
  | { readonly kind: 'same'; readonly text: string }
  /** Our parser refuses the text, or tree-sitter cannot read it. */
  | { readonly kind: 'refused' | 'no opinion' }
  | { readonly kind: 'different'; readonly text: string; readonly ours: string; readonly theirs: string };

/** A text that our parser accepts. */
interface Accepted {
  readonly text: string;
  readonly outline: readonly Item[];
}

export function compareReadings(text: string, readTree: ReadTree): Comparison {
  const accepted = accept(text);
  return accepted === undefined ? { kind: 'refused' } : compareAccepted(accepted, readTree);
}

/** Compares a text, and if that tells nothing, what remains of it without one weakness of tree-sitter after another. */
export function compareWithout(text: string, readTree: ReadTree): Comparison {
  let accepted = accept(text);
  if (accepted === undefined) return { kind: 'refused' };
  let result = compareAccepted(accepted, readTree);
  for (const weakness of weaknesses) {
    if (result.kind === 'same') return result;
    const edited = edit(accepted, weakness);
    if (edited === accepted.text) continue;
    accepted = accept(edited);
    // What the weakness stands in cannot be said without it.
    if (accepted === undefined) return { kind: 'no opinion' };
    result = compareAccepted(accepted, readTree);
  }
  return result;
}

/** The text without a weakness; the same text if it has none. */
export function removeWeakness(text: string, weakness: Weakness): string {
  const accepted = accept(text);
  return accepted === undefined ? text : edit(accepted, weakness);
}

/** Compares what our parser makes of one text with what tree-sitter makes of another. */
export function compareAcross(ours: string, theirs: string, readTree: ReadTree): Comparison {
  const accepted = accept(ours);
  return accepted === undefined ? { kind: 'refused' } : compareOutlines(accepted, theirs, readTree);
}

function accept(text: string): Accepted | undefined {
  const result = parseScript(text);
  return result.ok ? { text, outline: outlineScript(result.script, text) } : undefined;
}

function compareAccepted(accepted: Accepted, readTree: ReadTree): Comparison {
  return compareOutlines(accepted, accepted.text, readTree);
}

function compareOutlines({ text, outline }: Accepted, other: string, readTree: ReadTree): Comparison {
  const tree = readTree(other);
  if (tree === undefined) return { kind: 'no opinion' };
  const otherOutline = outlineTree(tree, other);
  const ours = renderOutline(keepComparable(outline, otherOutline));
  const theirs = renderOutline(keepComparable(otherOutline, outline));
  return ours === theirs ? { kind: 'same', text } : { kind: 'different', text, ours, theirs };
}

function edit({ text, outline }: Accepted, weakness: Weakness): string {
  const sorted = [...weakness.edits(text, outline)].sort((left, right) => left.at - right.at);
  // Of changes inside one another the outer one is made; the inner is found again in what that makes.
  const apart: Edit[] = [];
  let end = 0;
  for (const one of sorted) {
    if (one.at < end) continue;
    apart.push(one);
    end = one.at + one.remove;
  }
  const edited = apart.reduceRight(applyEdit, text);
  return apart.length === sorted.length ? edited : removeWeakness(edited, weakness);
}

function applyEdit(text: string, { at, remove, insert }: Edit): string {
  return text.slice(0, at) + insert + text.slice(at + remove);
}
