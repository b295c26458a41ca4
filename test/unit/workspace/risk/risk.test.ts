import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { changeKey } from '../../../../src/workspace/changes.js';
import type { ReviewItem } from '../../../../src/workspace/review/review-file.js';
import { shownKeys } from '../../../../src/workspace/review/shown-keys.js';
import { listReviewed } from '../../../../src/workspace/review/to-reviewed.js';
import { classifyChange, classifyRisks } from '../../../../src/workspace/risk/risk.js';
import { makeReview } from '../../ui/make-review.js';
import { changeOf } from './change.js';

const rulesOf = (risks: readonly { rule: string }[]) => risks.map(({ rule }) => rule);

function itemOf(change: ReturnType<typeof changeOf>): ReviewItem {
  const contentRisks = { of: changeKey(change), found: [] };
  return {
    change: { ...change, before: { ...change.before }, after: { ...change.after } },
    decision: 'pending',
    hostEdited: false,
    contentRisks,
  };
}

describe('risks of a change', () => {
  it('an executable bit that is new is one, one that was there is none', () => {
    const change = changeOf('a.py', 'a', 'b');
    const executable = { ...change.after, mode: 0o755 };
    deepEqual(rulesOf(classifyChange({ ...change, after: { ...executable } })), ['new-executable']);
    deepEqual(
      rulesOf(classifyChange({ ...change, before: { ...executable }, after: { ...executable } })),
      [],
    );
    deepEqual(rulesOf(classifyChange({ ...changeOf('a', undefined, 'b'), after: { ...executable } })), [
      'new-executable',
    ]);
  });

  it('a name that is shown as another is one', () => {
    deepEqual(rulesOf(classifyChange(changeOf('docs/\u202etxt.a', undefined, 'a'))), ['hidden-name']);
    deepEqual(classifyChange(changeOf('docs/größe 日本.md', undefined, 'a')), []);
  });

  it('what is refused has none', () =>
    deepEqual(classifyChange({ ...changeOf('.vscode/a', undefined, 'a'), status: 'refused' }), []));

  it('content that was not looked through is protected for that', () => {
    const { contentRisks: _, ...item } = itemOf(changeOf('a.txt', undefined, 'a'));
    deepEqual(rulesOf(classifyRisks([item])(item)), ['unread-content']);
    const moved = { ...item, contentRisks: { of: 'another', found: [] } };
    deepEqual(rulesOf(classifyRisks([moved])(moved)), ['unread-content']);
    const read = itemOf(changeOf('a.txt', undefined, 'a'));
    deepEqual(classifyRisks([read])(read), []);
  });

  it('those of 2,000 changes are told within 50 ms', () => {
    const folders = ['src', 'packages/core/src/components', 'docs', 'test/unit/deep/er/and/deeper'];
    const items = Array.from({ length: 2000 }, (_, index) => {
      const path = `${folders[index % folders.length]}/module-${index}/file ${index}.ts`;
      return itemOf(changeOf(path, index % 2 === 0 ? 'a' : undefined, index % 3 === 0 ? undefined : 'b'));
    });
    listReviewed(items);
    const times = Array.from({ length: 5 }, () => {
      const start = performance.now();
      listReviewed(items);
      return performance.now() - start;
    });
    const best = Math.min(...times);
    console.log(`      risks of 2,000 changes: ${best.toFixed(1)} ms`);
    ok(best < 50, `${best} ms`);
  });

  it('keep a change out of what is approved together, but not from being approved', async () => {
    const made = await makeReview({
      '.airlock/policy.jsonc': { after: '{}\n' },
      'a.txt': { after: 'a\n' },
      'b.txt': { after: 'b\u200b\n' },
    });
    try {
      const { review, workspace } = made;
      const keys = shownKeys(review.list());
      const outcomes = await review.approveAll(keys);
      deepEqual(outcomes.map(({ kind, path }) => [path, kind]).sort(), [
        ['.airlock/policy.jsonc', 'refused'],
        ['a.txt', 'applied'],
        ['b.txt', 'refused'],
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
