import { diffArrays } from 'diff';
import { type Anchors, findUniqueLines, findUniqueRuns, type Gap } from './find-anchors.js';
import { internLines } from './intern-lines.js';
import { slideChanges } from './slide-changes.js';

/** Lines [oldStart, oldEnd) became [newStart, newEnd). One of the two may be empty, never both. */
export type LineChange = Gap;

/** In order, with at least one equal line between two changes. The same for the same texts, always. */
export function diffLines(before: readonly string[], after: readonly string[]): readonly LineChange[] {
  const [old = new Int32Array(), later = new Int32Array()] = internLines(before, after);
  return diffIds(old, later);
}

/** The same on numbers that stand for lines. */
export function diffIds(before: Int32Array, after: Int32Array): readonly LineChange[] {
  return slideChanges(before, after, listChanges(matchLines(before, after), after.length));
}

const UNMATCHED = -1;

/** Uniqueness is looked for anew in each gap; what is still unmatched so deep has no order worth showing. */
const MAX_DEPTH = 24;

/** For each old line the new line it is, or UNMATCHED. */
function matchLines(before: Int32Array, after: Int32Array): Int32Array {
  const matched = new Int32Array(before.length).fill(UNMATCHED);
  const effort = { left: EFFORT };
  const whole = { oldStart: 0, oldEnd: before.length, newStart: 0, newEnd: after.length, depth: 0 };
  const gaps: (Gap & { readonly depth: number })[] = [whole];
  for (let next = gaps.pop(); next !== undefined; next = gaps.pop()) {
    const { depth } = next;
    const gap = trim(before, after, next, matched);
    if (gap.oldStart === gap.oldEnd || gap.newStart === gap.newEnd) continue;
    const anchors = depth < MAX_DEPTH ? findUniqueLines(before, after, gap) : undefined;
    if (anchors !== undefined && anchors.old.length > 0) {
      for (const inner of divide(gap, anchors, matched)) gaps.push({ ...inner, depth: depth + 1 });
      continue;
    }
    if (matchExactly(before, after, gap, matched, effort) || depth >= MAX_DEPTH) continue;
    // Without any runs either, the gap stays one coarse replacement.
    const runs = findUniqueRuns(before, after, gap);
    if (runs.old.length === 0) continue;
    for (const inner of divide(gap, runs, matched)) gaps.push({ ...inner, depth: depth + 1 });
  }
  return matched;
}

/** Matches the lines that the gap begins and ends with on both sides; returns what is left. */
function trim(before: Int32Array, after: Int32Array, gap: Gap, matched: Int32Array): Gap {
  let { oldStart, oldEnd, newStart, newEnd } = gap;
  while (oldStart < oldEnd && newStart < newEnd && before[oldStart] === after[newStart]) {
    matched[oldStart] = newStart;
    oldStart += 1;
    newStart += 1;
  }
  while (oldStart < oldEnd && newStart < newEnd && before[oldEnd - 1] === after[newEnd - 1]) {
    oldEnd -= 1;
    newEnd -= 1;
    matched[oldEnd] = newEnd;
  }
  return { oldStart, oldEnd, newStart, newEnd };
}

function* divide(gap: Gap, anchors: Anchors, matched: Int32Array): Generator<Gap> {
  let { oldStart, newStart } = gap;
  for (const [index, old] of anchors.old.entries()) {
    const later = anchors.new[index] ?? UNMATCHED;
    matched[old] = later;
    if (oldStart < old && newStart < later) yield { oldStart, oldEnd: old, newStart, newEnd: later };
    oldStart = old + 1;
    newStart = later + 1;
  }
  if (oldStart < gap.oldEnd && newStart < gap.newEnd)
    yield { oldStart, oldEnd: gap.oldEnd, newStart, newEnd: gap.newEnd };
}

/** The work of an exact comparison grows with the square of what differs: so much for one gap, and for all. */
const MAX_EDITS = 400;
const FEW_EDITS = 24;
const EFFORT = 600_000;

/** False when the gap differs in too much. Counts steps and not time: the answer must not depend on the machine. */
function matchExactly(
  before: Int32Array,
  after: Int32Array,
  gap: Gap,
  matched: Int32Array,
  effort: { left: number },
): boolean {
  const old = [...before.subarray(gap.oldStart, gap.oldEnd)];
  const later = [...after.subarray(gap.newStart, gap.newEnd)];
  const known = new Set(later);
  if (!old.some((id) => known.has(id))) return true;
  const maxEditLength = Math.max(FEW_EDITS, Math.min(MAX_EDITS, Math.floor(Math.sqrt(effort.left))));
  const parts = diffArrays(old, later, { maxEditLength });
  if (parts === undefined) {
    effort.left -= maxEditLength ** 2;
    return false;
  }
  let edits = 0;
  let { oldStart, newStart } = gap;
  for (const { added, removed, count } of parts) {
    if (!added && !removed) {
      for (let step = 0; step < count; step += 1) matched[oldStart + step] = newStart + step;
    } else edits += count;
    if (!added) oldStart += count;
    if (!removed) newStart += count;
  }
  effort.left -= edits ** 2;
  return true;
}

function listChanges(matched: Int32Array, newLength: number): LineChange[] {
  const changes: LineChange[] = [];
  let oldStart = 0;
  let newStart = 0;
  const close = (oldEnd: number, newEnd: number) => {
    if (oldStart < oldEnd || newStart < newEnd) changes.push({ oldStart, oldEnd, newStart, newEnd });
  };
  for (const [old, later] of matched.entries()) {
    if (later === UNMATCHED) continue;
    close(old, later);
    oldStart = old + 1;
    newStart = later + 1;
  }
  close(matched.length, newLength);
  return changes;
}
