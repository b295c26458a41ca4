import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findProposedSecrets } from '../../../../src/session/capture/find-proposed-secrets.js';
import { BlobError } from '../../../../src/workspace/blob-store.js';
import { changeKey } from '../../../../src/workspace/changes.js';
import { openReview } from '../../../../src/workspace/review/review.js';
import type { ReviewItem } from '../../../../src/workspace/review/review-file.js';
import { assessProposals } from '../../../../src/workspace/risk/assess-proposals.js';
import { makeReview } from '../../ui/make-review.js';
import { keyOf, reopen } from '../review/review-fixture.js';
import { changeOf } from './change.js';

/** In two halves, so that no scanner takes this file for one that holds it. */
const TOKEN = `ghp_${'wWPw5k4aXcaT4fNP0UcnZwJUVFk6LO0pINUx'}`;

type Texts = Readonly<Record<string, readonly [before: string | undefined, after: string | undefined]>>;

function itemsOf(texts: Texts): readonly ReviewItem[] {
  return Object.entries(texts).map(([path, [before, after]]) => {
    const { ...change } = changeOf(path, before, after);
    return {
      change: { ...change, before: { ...change.before }, after: { ...change.after } },
      decision: 'pending',
      hostEdited: false,
    };
  });
}

/** Assesses, and says what was read. */
async function assess(items: readonly ReviewItem[], texts: Texts, findSecrets = findProposedSecrets) {
  const read: string[] = [];
  const assessed = await assessProposals(
    items,
    async ({ change }, side) => {
      read.push(`${change.path} ${side}`);
      return Buffer.from(texts[change.path]?.[side === 'before' ? 0 : 1] ?? '');
    },
    findSecrets,
  );
  const found: Record<string, readonly string[]> = {};
  for (const { change, contentRisks } of assessed)
    found[change.path] = contentRisks?.found.map(({ rule }) => rule) ?? ['nothing'];
  return { assessed, read, found };
}

describe('the content of proposals', () => {
  it('is looked through once for what it is', async () => {
    const texts: Texts = { 'a.ts': ['a\n', 'a\u200b\n'], 'b.ts': ['b\n', 'c\n'], 'c.ts': ['c\n', undefined] };
    const first = await assess(itemsOf(texts), texts);
    deepEqual(first.found, { 'a.ts': ['invisible-characters'], 'b.ts': [], 'c.ts': [] });
    deepEqual(first.read, ['a.ts before', 'a.ts after', 'b.ts before', 'b.ts after']);
    const again = await assess(first.assessed, texts);
    deepEqual([again.assessed, again.read], [[], []]);
    const [a, b, c] = first.assessed;
    const [changed] = itemsOf({ 'b.ts': ['b\n', '\u200b\n'] });
    ok(a && b && c && changed);
    const later = await assess([a, { ...b, change: changed.change }, c], { 'b.ts': ['b\n', '\u200b\n'] });
    deepEqual(later.found, { 'b.ts': ['invisible-characters'] });
    equal(later.assessed[0]?.contentRisks?.of, changeKey(changed.change));
  });

  it('holds secrets in added lines, and says of which kind and in which file', async () => {
    const texts: Texts = {
      ...Object.fromEntries(Array.from({ length: 20 }, (_, i) => [`f${i}.ts`, ['', `const a = ${i};\n`]])),
      'leak.ts': ['a\n', `a\nconst token = "${TOKEN}";\n`],
      'old.ts': [`const token = "${TOKEN}";\n`, `const token = "${TOKEN}";\nb\n`],
      'another.py': [undefined, `key = "${TOKEN}"\n`],
    };
    const { assessed, found } = await assess(itemsOf(texts), texts);
    const flagged = Object.entries(found).filter(([, rules]) => rules.length > 0);
    deepEqual(flagged, [
      ['leak.ts', ['secrets']],
      ['another.py', ['secrets']],
    ]);
    const leak = assessed.find(({ change }) => change.path === 'leak.ts');
    const reason = leak?.contentRisks?.found[0]?.reason ?? '';
    match(reason, /^it holds what looks like a secret \(.*GITHUB/);
    ok(!reason.includes(TOKEN.slice(8)));
  });

  it('is protected when it cannot be searched, read, or is too much', async () => {
    const texts: Texts = { 'a.ts': ['', 'a\n'] };
    const items = itemsOf(texts);
    const failing = () => Promise.reject(new Error('no rules'));
    deepEqual((await assess(items, texts, failing)).found, { 'a.ts': ['secrets'] });
    const lost = () => Promise.reject(new BlobError('gone'));
    const [unread] = await assessProposals(items, lost, undefined);
    deepEqual(unread?.contentRisks?.found, [
      { rule: 'unread-content', reason: 'its content cannot be read' },
    ]);
    const large = 'a'.repeat(2 * 1024 * 1024 + 1);
    const big = await assess(itemsOf({ 'a.txt': ['', large] }), {});
    deepEqual([big.found, big.read], [{ 'a.txt': ['unread-content'] }, []]);
    const half = `${'a '.repeat(511)}b\n`.repeat(1024);
    const many: Texts = Object.fromEntries(Array.from({ length: 65 }, (_, i) => [`${i}.txt`, ['', half]]));
    const crowd = await assess(itemsOf(many), many, () => Promise.resolve([]));
    deepEqual([crowd.found['63.txt'], crowd.found['64.txt']], [[], ['unread-content']]);
  });

  it('of a review is told with its line, and again for what the user makes of it', async () => {
    const made = await makeReview({ 'a.ts': { before: 'a\n', after: 'a\nb\u200b\n' } });
    try {
      const { review } = made;
      deepEqual(
        review.get('a.ts')?.risks.map(({ rule, line }) => [rule, line]),
        [['invisible-characters', 1]],
      );
      deepEqual((await reopen(made)).get('a.ts')?.risks, review.get('a.ts')?.risks);
      await review.edit('a.ts', Buffer.from('a\nb\n'));
      deepEqual(review.get('a.ts')?.risks, []);
      await review.edit('a.ts', Buffer.from('a\u200b\n'));
      deepEqual(
        review.list().flatMap(({ risks }) => risks.map(({ rule }) => rule)),
        ['invisible-characters'],
      );
    } finally {
      await made.remove();
    }
  });

  it('of a hunk that was rejected protects no more', async () => {
    const before = `${Array.from({ length: 9 }, (_, i) => i).join('\n')}\n`;
    const after = before.replace('1', '1\u200b').replace('7', 'seven');
    const made = await makeReview({ 'a.ts': { before, after } });
    try {
      const { review } = made;
      const [first] = await review.hunks('a.ts');
      ok(first);
      equal(await review.rejectHunk('a.ts', keyOf(review, 'a.ts'), first.key), true);
      deepEqual(review.get('a.ts')?.risks, []);
    } finally {
      await made.remove();
    }
  });

  it('of a review that was stored without it is looked through when that is opened', async () => {
    const made = await makeReview({ 'a.ts': { after: 'a\u200b\n' } });
    try {
      const location = join(made.review.sessionDir, 'review.json');
      const file = JSON.parse(readFileSync(location, 'utf8'));
      for (const item of file.items) delete item.contentRisks;
      writeFileSync(location, JSON.stringify(file));
      const opened = await openReview({ dir: made.review.sessionDir, stateDir: made.stateDir });
      ok(opened.kind === 'open');
      equal(opened.review.get('a.ts')?.risks[0]?.rule, 'invisible-characters');
    } finally {
      await made.remove();
    }
  });
});
