import type { LineChange } from './diff-lines.js';

/**
 * A pure insertion or deletion among repeated lines can stand at several places. As git does, each goes up until it
 * meets the change before it, which it then joins, and otherwise as far down as it can, so that the same change has the
 * same place whatever is around it. Two changes never touch afterwards.
 */
export function slideChanges(
  before: Int32Array,
  after: Int32Array,
  changes: readonly LineChange[],
): LineChange[] {
  const settled: LineChange[] = [];
  const pending = [...changes].reverse();
  for (let change = pending.pop(); change !== undefined; change = pending.pop()) {
    const previous = settled.at(-1);
    const raised = slide(before, after, change, -1, previous?.oldEnd ?? 0, previous?.newEnd ?? 0);
    if (previous !== undefined && touches(previous, raised)) {
      settled.pop();
      pending.push(join(previous, raised));
      continue;
    }
    const next = pending.at(-1);
    const lowered = slide(
      before,
      after,
      raised,
      1,
      next?.oldStart ?? before.length,
      next?.newStart ?? after.length,
    );
    if (next !== undefined && touches(lowered, next)) {
      pending.pop();
      pending.push(join(lowered, next));
    } else settled.push(lowered);
  }
  return settled;
}

/** As far as the lines allow, at most to the given place. */
function slide(
  before: Int32Array,
  after: Int32Array,
  change: LineChange,
  step: 1 | -1,
  oldLimit: number,
  newLimit: number,
): LineChange {
  let { oldStart, oldEnd, newStart, newEnd } = change;
  const deletes = newStart === newEnd;
  if (!deletes && oldStart !== oldEnd) return change;
  const lines = deletes ? before : after;
  for (;;) {
    const start = deletes ? oldStart : newStart;
    const end = deletes ? oldEnd : newEnd;
    const oldEdge = step === 1 ? oldEnd : oldStart;
    const newEdge = step === 1 ? newEnd : newStart;
    if (oldEdge === oldLimit || newEdge === newLimit) break;
    if (step === 1 ? lines[start] !== lines[end] : lines[start - 1] !== lines[end - 1]) break;
    oldStart += step;
    oldEnd += step;
    newStart += step;
    newEnd += step;
  }
  return { oldStart, oldEnd, newStart, newEnd };
}

function touches(first: LineChange, second: LineChange): boolean {
  return first.oldEnd === second.oldStart;
}

function join(first: LineChange, second: LineChange): LineChange {
  return {
    oldStart: first.oldStart,
    oldEnd: second.oldEnd,
    newStart: first.newStart,
    newEnd: second.newEnd,
  };
}
