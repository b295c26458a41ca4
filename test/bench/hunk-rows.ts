import { composeHunks, computeHunks } from '../../src/workspace/hunks/hunks.js';
import { median, type Row, row } from './measure.js';
import { editLines, moveBlocks, repeatLines, writeSource } from './source-text.js';

const LINES = 40_000;
const EDITS = 2_000;
const RUNS = 9;
const LIMIT_MS = 200;

/** Comparisons of two large texts: an agent's edits of a source file, and texts that are hard to compare. */
export function measureHunks(): readonly Row[] {
  const source = writeSource(1, LINES);
  const repeated = repeatLines(2, LINES);
  const pairs: readonly (readonly [string, readonly string[], readonly string[]])[] = [
    [
      'a source file with scattered edits and moved blocks',
      source,
      moveBlocks(3, editLines(4, source, EDITS)),
    ],
    ['eight lines that repeat all over, with scattered edits', repeated, editLines(5, repeated, EDITS)],
    ['eight lines that repeat all over, in another order', repeated, repeatLines(6, LINES)],
    ['two files with nothing in common but their blank lines and braces', source, writeSource(7, LINES)],
  ];
  return pairs.map(([name, before, after]) => {
    const ms = timeHunks(before.join(''), after.join(''));
    return row(
      `hunks of ${LINES.toLocaleString('en')} lines: ${name}`,
      { ours: ms, against: LIMIT_MS },
      'ms',
      RUNS,
      { of: 'ours', value: LIMIT_MS },
    );
  });
}

function timeHunks(before: string, after: string): number {
  const times: number[] = [];
  for (let run = 0; run < RUNS; run += 1) {
    const began = performance.now();
    const hunks = computeHunks(before, after);
    times.push(performance.now() - began);
    if (composeHunks(before, hunks, new Set(hunks.map(({ key }) => key))) !== after)
      throw new Error('the hunks do not make the new text');
  }
  return median(times);
}
