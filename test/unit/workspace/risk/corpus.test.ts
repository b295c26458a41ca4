import { deepEqual, ok } from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { Change, FileState } from '../../../../src/workspace/changes.js';
import { findMassDeletion } from '../../../../src/workspace/risk/mass-deletion.js';
import { classifyChange } from '../../../../src/workspace/risk/risk.js';
import { changeOf } from './change.js';
import { isOrdinary } from './ordinary.js';

const FOLDER = 'test/fixtures/risk-corpus';
const MAX_FALSE = 0.05;

const readLines = (name: string) => readFileSync(`${FOLDER}/${name}`, 'utf8').trimEnd().split('\n');
const share = (part: number, all: number) => `${part} of ${all} (${((100 * part) / all).toFixed(1)} %)`;

/** The changes of each commit, from what git tells of their paths, states and modes. */
function readCommits(): readonly (readonly Change[])[] {
  const commits: Change[][] = [];
  for (const line of readLines('own-commits.txt')) {
    const [, status, oldMode = '', newMode = '', path] = /^([A-Z]) (\d+) (\d+) (.*)$/.exec(line) ?? [];
    if (line.startsWith('#')) commits.push([]);
    else {
      ok(path && status, line);
      const change = changeOf(path, status === 'A' ? undefined : 'a', status === 'D' ? undefined : 'b');
      const before = withMode(change.before, oldMode);
      commits.at(-1)?.push({ ...change, before, after: withMode(change.after, newMode) });
    }
  }
  return commits;
}

function withMode(state: FileState, mode: string): FileState {
  return state.kind === 'file' ? { ...state, mode: Number.parseInt(mode, 8) & 0o777 } : state;
}

describe('ordinary commits', () => {
  it('have few files that are protected without being of a kind that is meant to be', () => {
    let files = 0;
    let flagged = 0;
    let ordinary = 0;
    let wrong = 0;
    for (const changes of readCommits()) {
      const masses = findMassDeletion(changes);
      for (const change of changes) {
        const isFlagged = classifyChange(change).length > 0 || masses.has(change);
        files += 1;
        if (isFlagged) flagged += 1;
        if (!isOrdinary(change.path)) continue;
        ordinary += 1;
        if (isFlagged) wrong += 1;
      }
    }
    console.log(
      `      protected: ${share(flagged, files)} files; of ordinary ones ${share(wrong, ordinary)}`,
    );
    ok(files > 1500 && ordinary > files / 2);
    ok(wrong <= ordinary * MAX_FALSE);
  });

  it('touch none of the usual places of other languages that is protected', () => {
    const paths = readLines('layouts.txt').filter((line) => !line.startsWith('#'));
    ok(paths.length > 100);
    const found = paths.filter((path) => classifyChange(changeOf(path, 'a', 'b')).length > 0);
    deepEqual(found, []);
  });
});
