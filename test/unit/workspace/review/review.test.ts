import assert from 'node:assert/strict';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Change, changeKey } from '../../../../src/workspace/changes.js';
import {
  type DecisionRecord,
  openReview,
  type WorkspaceReview,
} from '../../../../src/workspace/review/review.js';
import { shownKeys } from '../../../../src/workspace/review/shown-keys.js';
import { Sandbox } from '../fixture.js';

describe('the review of a session', () => {
  let sandbox: Sandbox;
  let review: WorkspaceReview;
  let records: DecisionRecord[];

  beforeEach(async () => {
    sandbox = await Sandbox.copy({ a: 'a0', b: 'b0', c: 'c0' });
    review = sandbox.review;
    records = [];
    await agent('a', 'a1');
    await agent('b', 'b1');
    await agent('new', 'n1');
    await sandbox.collect();
  });
  afterEach(() => sandbox.remove());

  const agent = (path: string, text: string) => writeFile(join(sandbox.view, path), text);
  const host = (path: string, text: string) => writeFile(join(sandbox.root, path), text);
  const real = (path: string) => readFile(join(sandbox.root, path), 'utf8');
  const decisions = (of = review) => of.list().map(({ change, decision }) => `${change.path} ${decision}`);
  const text = async (path: string, side: 'before' | 'after') =>
    Buffer.from(await review.read(path, side)).toString();

  function keyOf(path: string): string {
    const item = review.get(path);
    assert.ok(item !== undefined);
    return changeKey(item.change);
  }

  async function reopen(): Promise<WorkspaceReview> {
    const opened = await openReview({
      ...storageOf(sandbox),
      onDecision: (record) => void records.push(record),
    });
    assert.equal(opened.kind, 'open');
    if (opened.kind !== 'open') throw new Error('unreachable');
    review = opened.review;
    return opened.review;
  }

  it('shows both sides, applies what was approved and survives a reload', async () => {
    assert.deepEqual(decisions(), ['a pending', 'b pending', 'new pending']);
    assert.deepEqual(
      [await text('a', 'before'), await text('a', 'after'), await text('new', 'before')],
      ['a0', 'a1', ''],
    );
    await review.approve('a', keyOf('a'));
    await review.reject('b');
    assert.deepEqual(decisions(await reopen()), ['a applied', 'b rejected', 'new pending']);
    assert.deepEqual([await real('a'), await real('b')], ['a1', 'b0']);
    await review.approve('new', keyOf('new'));
    assert.deepEqual(
      records.map(({ path, decision }) => `${path} ${decision}`),
      ['new approved', 'new applied'],
    );
  });

  it('does not apply another proposal than the one that was shown', async () => {
    const shown = keyOf('a');
    await agent('a', 'a2');
    await sandbox.collect();
    assert.equal((await review.approve('a', shown)).kind, 'conflict');
    assert.equal(await real('a'), 'a0');
  });

  it('applies of "all" only what was shown', async () => {
    const shown = shownKeys(review.list());
    await agent('a', 'a2');
    await agent('late', 'l1');
    await sandbox.collect();
    const outcomes = await review.approveAll(shown);
    assert.deepEqual(
      outcomes.map((outcome) => `${outcome.path} ${outcome.kind}`),
      ['b applied', 'new applied', 'a conflict', 'late conflict'],
    );
    assert.deepEqual(decisions(), ['a pending', 'b applied', 'late pending', 'new applied']);
    assert.deepEqual([await real('a'), await real('b'), await real('new')], ['a0', 'b1', 'n1']);
    await assert.rejects(real('late'), { code: 'ENOENT' });
    assert.deepEqual(
      (await review.approveAll(shownKeys(review.list()))).map(({ kind }) => kind),
      ['applied', 'applied'],
    );
    assert.equal(await real('a'), 'a2');
  });

  it('keeps decisions over a new collection where the proposal is the same', async () => {
    await review.reject('a');
    await review.approve('new', keyOf('new'));
    await agent('b', 'b2');
    await sandbox.collect();
    assert.deepEqual(decisions(), ['a rejected', 'b pending']);
    await agent('new', 'n2');
    await sandbox.collect();
    assert.deepEqual(decisions(), ['a rejected', 'b pending', 'new pending']);
    assert.deepEqual(
      (await review.approveAll(shownKeys(review.list()))).map(({ kind }) => kind),
      ['applied', 'applied'],
    );
    assert.equal(await real('new'), 'n2');
  });

  it('lets the user edit a proposal, and keeps that over the same proposal of the sandbox', async () => {
    await review.edit('a', Buffer.from('mine'));
    await sandbox.collect();
    assert.equal(await text('a', 'after'), 'mine');
    await review.approve('a', keyOf('a'));
    assert.equal(await real('a'), 'mine');
  });

  it('rejects several at once, and nothing that is decided already or unknown', async () => {
    await review.approve('a', keyOf('a'));
    await review.rejectSome(['a', 'b', 'elsewhere']);
    assert.deepEqual(decisions(await reopen()), ['a applied', 'b rejected', 'new pending']);
    assert.deepEqual(
      review.feedback().map(({ path }) => path),
      ['b'],
    );
  });

  it('shows an item as the same object until it is another one', async () => {
    const [a, b] = review.list();
    await review.reject('b');
    assert.equal(review.get('a'), a);
    assert.notEqual(review.get('b'), b);
  });

  it('asks before it overwrites what the host edited, and the answer holds for what was shown', async () => {
    await host('a', 'host');
    const first = await review.approve('a', keyOf('a'));
    assert.equal(first.kind, 'conflict');
    assert.equal(await real('a'), 'host');
    if (first.kind !== 'conflict') return;
    await host('a', 'host2');
    const second = await review.approve('a', keyOf('a'), { live: first.live });
    assert.equal(second.kind, 'conflict');
    if (second.kind !== 'conflict') return;
    assert.equal((await review.approve('a', keyOf('a'), { live: second.live })).kind, 'applied');
    assert.equal(await real('a'), 'a1');
  });

  it('keeps a collected conflict out of "all" and behind an explicit answer', async () => {
    await host('b', 'host');
    await sandbox.collect();
    assert.deepEqual(decisions(), ['a pending', 'b conflict', 'new pending']);
    await review.approveAll(shownKeys(review.list()));
    assert.deepEqual(decisions(), ['a applied', 'b conflict', 'new applied']);
    const refused = await review.approve('b', keyOf('b'));
    assert.equal(refused.kind, 'conflict');
    assert.equal(await real('b'), 'host');
    if (refused.kind !== 'conflict') return;
    assert.equal((await review.approve('b', keyOf('b'), { live: refused.live })).kind, 'applied');
    assert.equal(await real('b'), 'b1');
  });

  it('writes nothing when the audit log refuses the approval', async () => {
    const opened = await openReview({
      ...storageOf(sandbox),
      onDecision: () => Promise.reject(new Error('log is full')),
    });
    assert.ok(opened.kind === 'open');
    if (opened.kind !== 'open') return;
    await assert.rejects(opened.review.approve('a', keyOf('a')), /log is full/);
    assert.equal(await real('a'), 'a0');
  });

  it('makes two approvals at once one after the other', async () => {
    const key = keyOf('a');
    const outcomes = await Promise.all([
      review.approve('a', key),
      review.approve('a', key),
      review.reject('a'),
    ]);
    assert.deepEqual(
      outcomes.map((outcome) => outcome?.kind),
      ['applied', 'applied', undefined],
    );
    assert.deepEqual(decisions()[0], 'a applied');
  });

  it('moves a damaged file aside and keeps the bytes', async () => {
    for (const damage of ['{', '{"version":0}', '']) {
      await writeFile(join(sandbox.sessionDir, 'review.json'), damage);
      const opened = await openReview(storageOf(sandbox));
      assert.equal(opened.kind, 'damaged');
      if (opened.kind === 'damaged') assert.equal(await readFile(opened.movedTo, 'utf8'), damage);
      assert.equal((await openReview(storageOf(sandbox))).kind, 'none');
    }
    assert.ok((await readdir(join(sandbox.sessionDir, 'blobs'))).length > 0);
  });

  it('leaves what a later version wrote, and says so', async () => {
    const file = join(sandbox.sessionDir, 'review.json');
    await writeFile(file, '{"version":2}');
    await assert.rejects(openReview(storageOf(sandbox)), { code: 'review-newer' });
    assert.equal(await readFile(file, 'utf8'), '{"version":2}');
  });

  it('forgets everything on discard', async () => {
    await review.discard();
    assert.deepEqual(review.list(), []);
    await assert.rejects(readdir(sandbox.sessionDir), { code: 'ENOENT' });
    assert.equal((await openReview(storageOf(sandbox))).kind, 'none');
  });

  it('leaves an overlay and its owner to whoever removes overlays', async () => {
    await mkdir(join(sandbox.sessionDir, 'overlay'));
    for (const name of ['owner', 'review.json.damaged-1'])
      await writeFile(join(sandbox.sessionDir, name), 'x');
    await review.discard();
    assert.deepEqual((await readdir(sandbox.sessionDir)).sort(), ['overlay', 'owner']);
    await rm(join(sandbox.sessionDir, 'overlay'), { recursive: true });
    await review.discard();
    await assert.rejects(readdir(sandbox.sessionDir), { code: 'ENOENT' });
  });

  it('records a conflict or a refusal once, not at every collection', async () => {
    const reopened = await reopen();
    const refusal: Change = {
      path: 'pipe',
      status: 'refused',
      before: { kind: 'absent' },
      after: { kind: 'absent' },
      binary: false,
      added: 0,
      removed: 0,
      reason: 'it is a FIFO',
    };
    const changes = [...reopened.list().map(({ change }) => change), refusal];
    for (const edited of [[], [], ['b'], ['b']]) await reopened.update(changes, new Set(edited));
    assert.deepEqual(
      records.map(({ path, decision }) => `${path} ${decision}`),
      ['pipe refused', 'b conflict'],
    );
  });

  it('refuses to open a path that was never reported', async () => {
    await assert.rejects(review.read('../../etc/passwd', 'before'));
    await assert.rejects(review.edit('c', Buffer.from('x')));
    assert.equal((await review.approve('c', 'x')).kind, 'refused');
    await rm(join(sandbox.root, 'c'));
  });
});

function storageOf({ base, sessionDir }: Sandbox) {
  return { dir: sessionDir, stateDir: base };
}
