import { diffLines, type LineChange } from './diff-lines.js';
import { splitLines } from './split-lines.js';

const CONTEXT = 3;

/** What stands behind the ranges of a part, for people; `from` and `to` count the hunks of `computeHunks`. */
export type DescribePart = (from: number, to: number) => string;

/**
 * A unified diff as git and patch read it, or nothing for equal texts. `undefined` is a file that is not there. A
 * context of 0 is what `git apply --unidiff-zero` takes.
 */
export function unifiedDiff(
  path: string,
  before: string | undefined,
  after: string | undefined,
  context = CONTEXT,
  describePart?: DescribePart,
): string {
  const old = splitLines(before ?? '');
  const later = splitLines(after ?? '');
  const groups = groupChanges(diffLines(old, later), context);
  if (groups.length === 0) return '';
  const parts = [`--- ${nameSide('a', path, before)}\n`, `+++ ${nameSide('b', path, after)}\n`];
  let from = 0;
  for (const group of groups) {
    const heading = describePart?.(from, from + group.length) ?? '';
    writeGroup(parts, group, { old, later, context, heading: heading === '' ? '' : ` ${heading}` });
    from += group.length;
  }
  return parts.join('');
}

/** Changes whose contexts meet are shown as one. */
function groupChanges(changes: readonly LineChange[], context: number): LineChange[][] {
  const groups: LineChange[][] = [];
  for (const change of changes) {
    const last = groups.at(-1);
    const previous = last?.at(-1);
    if (last && previous && change.oldStart - previous.oldEnd <= 2 * context) last.push(change);
    else groups.push([change]);
  }
  return groups;
}

interface Texts {
  readonly old: readonly string[];
  readonly later: readonly string[];
  readonly context: number;
  readonly heading: string;
}

function writeGroup(
  parts: string[],
  group: readonly LineChange[],
  { old, later, context, heading }: Texts,
): void {
  const first = group[0];
  const last = group.at(-1);
  if (first === undefined || last === undefined) return;
  const lead = Math.min(context, first.oldStart);
  const tail = Math.min(context, old.length - last.oldEnd);
  const oldRange = describeRange(first.oldStart - lead, last.oldEnd + tail);
  const newRange = describeRange(first.newStart - lead, last.newEnd + tail);
  parts.push(`@@ -${oldRange} +${newRange} @@${heading}\n`);
  let from = first.oldStart - lead;
  for (const { oldStart, oldEnd, newStart, newEnd } of group) {
    writeLines(parts, ' ', old.slice(from, oldStart));
    writeLines(parts, '-', old.slice(oldStart, oldEnd));
    writeLines(parts, '+', later.slice(newStart, newEnd));
    from = oldEnd;
  }
  writeLines(parts, ' ', old.slice(from, from + tail));
}

/** Lines are counted from 1; an empty range names the line before it. */
export function describeRange(start: number, end: number): string {
  const count = end - start;
  if (count === 0) return `${start},0`;
  return count === 1 ? `${start + 1}` : `${start + 1},${count}`;
}

function writeLines(parts: string[], sign: string, lines: readonly string[]): void {
  for (const line of lines)
    parts.push(line.endsWith('\n') ? `${sign}${line}` : `${sign}${line}\n\\ No newline at end of file\n`);
}

function nameSide(prefix: string, path: string, text: string | undefined): string {
  if (text === undefined) return '/dev/null';
  const name = quoteName(`${prefix}/${path}`);
  if (name.startsWith('"')) return name;
  // What follows a tab is a time stamp: without one, a name with a space would end there for patch.
  return name.includes(' ') ? `${name}\t` : name;
}

const ESCAPES: Readonly<Record<string, string>> = {
  '"': '\\"',
  '\\': '\\\\',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
};

/** A name as git writes it in a header. */
export function quoteName(name: string): string {
  return mustQuote(name) ? quote(name) : name;
}

function mustQuote(name: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not stand in a header.
  return /[\x00-\x1f\x7f"\\]/.test(name);
}

function quote(name: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: likewise.
  const escaped = name.replace(/[\x00-\x1f\x7f"\\]/g, (character) => {
    const octal = character.charCodeAt(0).toString(8).padStart(3, '0');
    return ESCAPES[character] ?? `\\${octal}`;
  });
  return `"${escaped}"`;
}
