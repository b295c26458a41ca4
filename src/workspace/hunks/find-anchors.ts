import { internPairs } from './intern-lines.js';

/** Half-open ranges of both sides between which nothing is matched yet. */
export interface Gap {
  readonly oldStart: number;
  readonly oldEnd: number;
  readonly newStart: number;
  readonly newEnd: number;
}

/** Equal lines in the same order on both sides: `old[n]` stands for `new[n]`. */
export interface Anchors {
  readonly old: Int32Array;
  readonly new: Int32Array;
}

/** Patience: lines that stand once on each side of the gap, as many of them as keep their order. */
export function findUniqueLines(before: Int32Array, after: Int32Array, gap: Gap): Anchors {
  const { oldStart, newStart } = gap;
  return shift(matchUnique(cutOld(before, gap), cutNew(after, gap)), oldStart, newStart);
}

const WIDEST = 32;

/**
 * Likewise by runs of lines, for texts of which every line occurs often: of the widths 2, 4, … the one with the most
 * anchors. An anchor is the first line of its run; the rest is found when the gap behind it is trimmed.
 */
export function findUniqueRuns(before: Int32Array, after: Int32Array, gap: Gap): Anchors {
  let tokens: readonly Int32Array[] = [cutOld(before, gap), cutNew(after, gap)];
  let best: Anchors = { old: new Int32Array(), new: new Int32Array() };
  for (let width = 1; width < WIDEST; width *= 2) {
    tokens = internPairs(tokens, width);
    const [old = new Int32Array(), later = new Int32Array()] = tokens;
    const found = matchUnique(old, later);
    if (found.old.length > best.old.length) best = found;
    else if (best.old.length > 0) break;
  }
  return shift(best, gap.oldStart, gap.newStart);
}

function cutOld(before: Int32Array, gap: Gap): Int32Array {
  return before.subarray(gap.oldStart, gap.oldEnd);
}

function cutNew(after: Int32Array, gap: Gap): Int32Array {
  return after.subarray(gap.newStart, gap.newEnd);
}

function shift({ old, new: later }: Anchors, byOld: number, byNew: number): Anchors {
  return { old: old.map((at) => at + byOld), new: later.map((at) => at + byNew) };
}

const NONE = -1;
const MANY = -2;
const SPARSE = 16;

function matchUnique(before: Int32Array, after: Int32Array): Anchors {
  const places = findPlaces(after);
  const seen = findPlaces(before);
  const old: number[] = [];
  const later: number[] = [];
  for (let at = 0; at < before.length; at += 1) {
    const id = before[at] ?? 0;
    if (seen.get(id) !== at) continue;
    const place = places.get(id);
    if (place < 0) continue;
    old.push(at);
    later.push(place);
  }
  return keepOrder(old, later);
}

interface Places {
  /** Where the token stands, NONE, or MANY. */
  get(id: number): number;
}

/** A table by token where tokens are about as many as places; a Map of so many would be the slowest part of all. */
function findPlaces(tokens: Int32Array): Places {
  let most = 0;
  for (let at = 0; at < tokens.length; at += 1) most = Math.max(most, tokens[at] ?? 0);
  if (most > SPARSE * tokens.length) return mapPlaces(tokens);
  const table = new Int32Array(most + 1).fill(NONE);
  for (let at = 0; at < tokens.length; at += 1) {
    const id = tokens[at] ?? 0;
    table[id] = table[id] === NONE ? at : MANY;
  }
  return { get: (id) => table[id] ?? NONE };
}

function mapPlaces(tokens: Int32Array): Places {
  const places = new Map<number, number>();
  for (const [at, id] of tokens.entries()) places.set(id, places.has(id) ? MANY : at);
  return { get: (id) => places.get(id) ?? NONE };
}

/** The longest run of pairs that rises on both sides; `old` rises already. */
function keepOrder(old: readonly number[], later: readonly number[]): Anchors {
  const tails: number[] = [];
  const previous = new Int32Array(old.length).fill(NONE);
  for (const [index, place] of later.entries()) {
    let low = 0;
    let high = tails.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((later[tails[middle] ?? 0] ?? 0) < place) low = middle + 1;
      else high = middle;
    }
    previous[index] = low > 0 ? (tails[low - 1] ?? NONE) : NONE;
    tails[low] = index;
  }
  const kept = { old: new Int32Array(tails.length), new: new Int32Array(tails.length) };
  let index = tails.at(-1) ?? NONE;
  for (let at = tails.length - 1; at >= 0; at -= 1) {
    kept.old[at] = old[index] ?? 0;
    kept.new[at] = later[index] ?? 0;
    index = previous[index] ?? NONE;
  }
  return kept;
}
