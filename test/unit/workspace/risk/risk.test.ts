import { deepEqual, equal, match } from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Change } from '../../../../src/workspace/changes.js';
import { classifyRisks } from '../../../../src/workspace/risk/risk.js';
import { shownKeys } from '../../../../src/workspace/shown-keys.js';
import { makeReview } from '../../ui/make-review.js';

const added = (path: string): Change => ({
  path,
  status: 'added',
  before: { kind: 'absent' },
  after: { kind: 'file', sha256: '0'.repeat(64), size: 1, mode: 0o644 },
  binary: false,
  added: 1,
  removed: 0,
});

describe('risks of a change', () => {
  for (const path of [
    '.airlock/policy.jsonc',
    '.airlock',
    'packages/a/.airlock/x',
    '.AirLock/policy.jsonc',
    '.\u200bairlock/policy.jsonc',
    '.ａirlock/policy.jsonc',
  ]) {
    it(`knows ${JSON.stringify(path)} as a setting of Airlock`, () =>
      deepEqual(
        classifyRisks(added(path)).map(({ rule }) => rule),
        ['airlock-settings'],
      ));
  }
  for (const path of ['airlock/policy.jsonc', '.airlock2/x', 'src/.airlock.ts', 'README.md'])
    it(`sees none in ${path}`, () => deepEqual(classifyRisks(added(path)), []));

  it('keep a change out of what is approved together, but not from being approved', async () => {
    const made = await makeReview({ '.airlock/policy.jsonc': { after: '{}\n' }, 'a.txt': { after: 'a\n' } });
    try {
      const { review, workspace } = made;
      const keys = shownKeys(review.list());
      const outcomes = await review.approveAll(keys);
      deepEqual(outcomes.map(({ kind, path }) => [path, kind]).sort(), [
        ['.airlock/policy.jsonc', 'refused'],
        ['a.txt', 'applied'],
      ]);
      const refused = outcomes.find(({ kind }) => kind === 'refused');
      match(refused?.kind === 'refused' ? refused.reason : '', /approved on its own/);
      equal(existsSync(join(workspace, '.airlock')), false);
      equal(review.get('.airlock/policy.jsonc')?.decision, 'pending');
      const outcome = await review.approve('.airlock/policy.jsonc', keys.get('.airlock/policy.jsonc') ?? '');
      equal(outcome.kind, 'applied');
    } finally {
      await made.remove();
    }
  });
});
