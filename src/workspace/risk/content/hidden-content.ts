import type { AddedLine, Content, ContentRule } from './content.js';

const MAX_GAP = 120;
const MAX_LINE = 2000;
const MAX_BLANK_LINES = 100;

/** Text that is there but not seen in an editor: far to the right, far along a line, or far below what seems the end. */
export const hiddenContent: ContentRule = {
  rule: 'hidden-content',
  judge: (content) => {
    const { after, added } = content;
    if (after === undefined || added.length === 0) return undefined;
    const wide = added.find(({ text }) => hasGap(text));
    if (wide !== undefined) return risk('it adds text far to the right, after a long gap', wide);
    const long = findLong(content);
    if (long !== undefined) return risk('it adds a line too long to be read', long);
    const low = findBelowGap(content);
    if (low !== undefined) return risk('it adds text after very many empty lines', low);
    return undefined;
  },
};

function risk(reason: string, { at }: AddedLine) {
  return { reason, line: at };
}

/** By hand: a regular expression would try each place of a long gap anew. */
function hasGap(line: string): boolean {
  if (line.length <= MAX_GAP) return false;
  let gap = 0;
  for (const char of line) {
    const isBlank = char === ' ' || char === '\t' || (char > '~' && /\s/.test(char));
    if (!isBlank && gap >= MAX_GAP) return true;
    gap = isBlank ? gap + 1 : 0;
  }
  return false;
}

/** Data: long lines are how it is written, and it does nothing by itself. */
const DATA =
  /\.(?:json|jsonl|ndjson|geojson|topojson|webmanifest|ipynb|csv|tsv|svg|map|snap|txt|md|markdown|mdx|rst|adoc|tex|bib|po|pot|xml|xlf|xliff|log|pem|crt|sql|lock|sum|patch|diff|golden|out)$/;

function findLong({ name, before, added }: Content): AddedLine | undefined {
  if (DATA.test(name)) return undefined;
  const long = added.find(({ text }) => text.length > MAX_LINE);
  // What has such lines already is minified or generated.
  return long === undefined || hasLongLine(before ?? '') ? undefined : long;
}

function hasLongLine(text: string): boolean {
  return text.split('\n').some((line) => line.length > MAX_LINE);
}

function findBelowGap({ before, after = '', added }: Content): AddedLine | undefined {
  const below = listBelowGaps(after);
  if (below.size === 0 || listBelowGaps(before ?? '').size > 0) return undefined;
  const lines = after.split('\n');
  const known = added.find(({ at }) => below.has(at));
  if (known !== undefined) return known;
  // The gap is what is new: an old line was pushed down.
  const [first = 0] = below;
  return { at: first, text: lines[first] ?? '' };
}

/** Lines that follow a long run of empty ones. */
function listBelowGaps(text: string): ReadonlySet<number> {
  const found = new Set<number>();
  let blank = 0;
  for (const [at, line] of text.split('\n').entries()) {
    if (line.trim() === '') blank += 1;
    else {
      if (blank > MAX_BLANK_LINES) found.add(at);
      blank = 0;
    }
  }
  return found;
}
