import { deepEqual, equal, match, throws } from 'node:assert/strict';
import { AirlockError } from '../../../../src/base/errors.js';
import { parseReviewOptions } from '../../../../src/cli/review/options.js';
import {
  type ReviewCommandName,
  reviewCommandNames,
  reviewUsageOf,
} from '../../../../src/cli/review/usage.js';

const common = { session: undefined, workspace: undefined, stateDir: undefined, json: false };

describe('options of the review commands', () => {
  const right: readonly (readonly [ReviewCommandName, readonly string[], object])[] = [
    ['changes', [], { paths: [], hunks: false }],
    ['changes', ['a', 'b', '--hunks', '--json'], { paths: ['a', 'b'], hunks: true, json: true }],
    [
      'changes',
      ['--session', '0af', '--workspace', '/w'],
      { paths: [], hunks: false, session: '0af', workspace: '/w' },
    ],
    ['diff', ['--', '--odd'], { paths: ['--odd'], hunks: false, binary: false }],
    ['diff', ['--binary', '--state-dir', 's'], { paths: [], hunks: false, binary: true, stateDir: 's' }],
    ['approve', ['a'], { paths: ['a'], all: false, hunks: [], none: false, protected: false }],
    ['approve', ['--all', '--protected'], { paths: [], all: true, hunks: [], none: false, protected: true }],
    ['approve', ['--none', 'a'], { paths: ['a'], all: false, hunks: [], none: true, protected: false }],
    [
      'approve',
      ['--hunk', '01ab', '--hunk', 'ffff', 'a'],
      { paths: ['a'], all: false, hunks: ['01ab', 'ffff'], none: false, protected: false },
    ],
    ['reject', ['--all'], { paths: [], all: true, hunks: [] }],
    ['reject', ['--hunk', '01ab'], { paths: [], all: false, hunks: ['01ab'] }],
    ['apply', [], { overwrite: [] }],
    ['apply', ['--overwrite', 'a', '--overwrite', 'b'], { overwrite: ['a', 'b'] }],
    ['undo', [], { id: undefined, list: false, skipEdited: false }],
    ['undo', ['17', '--skip-edited'], { id: '17', list: false, skipEdited: true }],
    ['undo', ['--list'], { id: undefined, list: true, skipEdited: false }],
  ];
  for (const [kind, argv, expected] of right) {
    it(`takes ${kind} ${argv.join(' ')}`, () =>
      deepEqual(parseReviewOptions(kind, argv), { ...common, kind, ...expected }));
  }

  const wrong: readonly (readonly [ReviewCommandName, readonly string[]])[] = [
    ['changes', ['--all']],
    ['changes', ['--session', 'XYZ']],
    ['changes', ['--session', '0123456789abc']],
    ['diff', ['--session', '']],
    ['approve', []],
    ['approve', ['--all', 'a']],
    ['approve', ['--all', '--hunk', '01ab']],
    ['approve', ['--hunk', '01']],
    ['approve', ['--hunk', 'nothex']],
    ['approve', ['--none', '--protected', '--all']],
    ['approve', ['--protected', '--hunk', '01ab']],
    ['reject', []],
    ['reject', ['--none', 'a']],
    ['apply', ['a']],
    ['undo', ['a', 'b']],
    ['undo', ['--all']],
  ];
  for (const [kind, argv] of wrong) {
    it(`refuses ${kind} ${argv.join(' ')}`, () =>
      throws(
        () => parseReviewOptions(kind, argv),
        (error: unknown) => error instanceof AirlockError && error.code === 'usage',
      ));
  }

  it('are all in the usage of their command', () => {
    equal(reviewCommandNames.length, 6);
    for (const name of reviewCommandNames) {
      const usage = reviewUsageOf(name);
      const options = new Set(
        [...(usage.split('\n')[0] ?? '').matchAll(/--[a-z-]+/g)].map(([option]) => option),
      );
      for (const option of options)
        match(usage, new RegExp(`\n +${option} `), `${name} says nothing of ${option}`);
      match(usage, /Exit status: 0 done/);
    }
  });
});
