import { diffIds, type LineChange } from './diff-lines.js';
import { internLines } from './intern-lines.js';

/** A part of a merged text, in order. Lines with their endings. */
export type MergeRegion =
  | { readonly kind: 'merged'; readonly lines: readonly string[] }
  | {
      readonly kind: 'conflict';
      readonly base: readonly string[];
      readonly ours: readonly string[];
      readonly theirs: readonly string[];
    };

type Lines = readonly string[];

/** As diff3: changes of both sides that meet or touch are one region, in conflict unless both made it the same. */
export function mergeRegions(base: Lines, ours: Lines, theirs: Lines): readonly MergeRegion[] {
  const [baseIds = NO_IDS, oursIds = NO_IDS, theirsIds = NO_IDS] = internLines(base, ours, theirs);
  const left = new Side(ours, diffIds(baseIds, oursIds));
  const right = new Side(theirs, diffIds(baseIds, theirsIds));
  const regions: MergeRegion[] = [];
  let at = 0;
  for (let start = nextStart(left, right); start !== undefined; start = nextStart(left, right)) {
    keep(regions, base.slice(at, start));
    const end = findEnd(left, right, start);
    const mine = left.take(start, end);
    const other = right.take(start, end);
    if (!other.changed || (mine.changed && equals(mine.lines, other.lines))) keep(regions, mine.lines);
    else if (!mine.changed) keep(regions, other.lines);
    else
      regions.push({ kind: 'conflict', base: base.slice(start, end), ours: mine.lines, theirs: other.lines });
    at = end;
  }
  keep(regions, base.slice(at));
  return regions;
}

const NO_IDS = new Int32Array();

/** One side's text and its changes to the base, taken from front to back. */
class Side {
  readonly #lines: Lines;
  readonly #changes: readonly LineChange[];
  #next = 0;
  #peeked = 0;
  /** What a place in the base must be moved by to give the place in this text. */
  #offset = 0;

  constructor(lines: Lines, changes: readonly LineChange[]) {
    this.#lines = lines;
    this.#changes = changes;
  }

  get start(): number | undefined {
    return this.#changes[this.#next]?.oldStart;
  }

  /** Where the region ends once every change that begins before or at `end` is in it. */
  extend(end: number): number {
    let reached = end;
    for (
      let change = this.#changes[this.#peeked];
      change !== undefined && change.oldStart <= reached;
      change = this.#changes[this.#peeked]
    ) {
      reached = Math.max(reached, change.oldEnd);
      this.#peeked += 1;
    }
    return reached;
  }

  /** This text's lines for a region of the base. */
  take(start: number, end: number): { readonly changed: boolean; readonly lines: Lines } {
    const from = start + this.#offset;
    const last = this.#changes[this.#peeked - 1];
    const changed = this.#peeked > this.#next;
    if (changed && last !== undefined) this.#offset = last.newEnd - last.oldEnd;
    this.#next = this.#peeked;
    return { changed, lines: this.#lines.slice(from, end + this.#offset) };
  }
}

function nextStart(left: Side, right: Side): number | undefined {
  if (left.start === undefined) return right.start;
  return right.start === undefined ? left.start : Math.min(left.start, right.start);
}

function findEnd(left: Side, right: Side, start: number): number {
  let end = start;
  for (;;) {
    const reached = right.extend(left.extend(end));
    if (reached === end) return end;
    end = reached;
  }
}

function equals(first: Lines, second: Lines): boolean {
  return first.length === second.length && first.every((line, index) => line === second[index]);
}

function keep(regions: MergeRegion[], lines: Lines): void {
  if (lines.length > 0) regions.push({ kind: 'merged', lines });
}
