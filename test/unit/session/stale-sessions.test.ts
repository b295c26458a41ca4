import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { currentOwner, formatOwner } from '../../../src/base/owner.js';
import { findStaleSessions } from '../../../src/session/stale/stale-sessions.js';
import { createReview, WorkspaceReview } from '../../../src/workspace/review/review.js';
import { loadReviewFile, saveReviewFile } from '../../../src/workspace/review/review-file.js';

const HOUR = 60 * 60_000;

/** A process that has been, and is no more. */
function deadOwner(): string {
  const { pid } = spawnSync(process.execPath, ['-e', '']);
  return formatOwner({ ...currentOwner(), pid, start: 1 });
}

describe('stale session folders', () => {
  let stateDir: string;
  let count = 0;

  beforeEach(async () => {
    stateDir = await mkdtemp(join(tmpdir(), 'airlock-stale-'));
  });
  afterEach(() => rm(stateDir, { recursive: true }));

  async function makeSession(owner: string | undefined): Promise<string> {
    count += 1;
    const dir = join(stateDir, 'sessions', count.toString(16).padStart(12, '0'));
    await mkdir(dir, { recursive: true });
    if (owner !== undefined) await writeFile(join(dir, 'owner'), owner === '' ? '' : `${owner}\n`);
    return dir;
  }

  async function addReview(
    dir: string,
    decision?: 'pending' | 'approved' | 'rejected' | 'applied' | 'conflict',
  ) {
    const meta = { sessionId: basename(dir), workspace: '/nonexistent', createdAt: 0, prompt: '' };
    const review: unknown = await createReview({ dir, stateDir }, meta);
    assert.ok(review instanceof WorkspaceReview);
    const loaded = await loadReviewFile(dir);
    if (decision === undefined) return;
    assert.ok(loaded.kind === 'loaded');
    const absent = { kind: 'absent' } as const;
    const change = { path: 'a', status: 'added', before: absent, after: absent } as const;
    const lines = { binary: false, added: 0, removed: 0 };
    const item = { change: { ...change, ...lines }, decision, hostEdited: false };
    await saveReviewFile(dir, { ...loaded.file, items: [item] });
  }

  const findLater = (hours: number) => findStaleSessions(stateDir, Date.now() + hours * HOUR);

  it('are those of dead owners that have nothing to decide, an hour after the last decision', async () => {
    const expected = [await makeSession(deadOwner())];
    for (const decision of ['rejected', 'applied', undefined] as const) {
      const dir = await makeSession(deadOwner());
      await addReview(dir, decision);
      expected.push(dir);
    }
    for (const decision of ['pending', 'approved', 'conflict'] as const) {
      await addReview(await makeSession(deadOwner()), decision);
    }
    // The folder without a review is nothing that anybody could be looking at.
    assert.deepEqual(await findLater(0), expected.slice(0, 1));
    assert.deepEqual(await findLater(2), expected);
  });

  it('are kept for two weeks while commits of the agent wait in them', async () => {
    const dir = await makeSession(deadOwner());
    await addReview(dir, 'applied');
    await writeFile(join(dir, 'commits.json'), '{}');
    assert.deepEqual(await findLater(24 * 13), []);
    assert.deepEqual(await findLater(24 * 15), [dir]);
  });

  it('are never those of a live process, of another machine, or of an owner that cannot be read', async () => {
    const { pid, start } = currentOwner();
    for (const owner of [formatOwner(currentOwner()), `another-host:${pid}:${start}`, 'v2 something new']) {
      await addReview(await makeSession(owner), 'applied');
    }
    assert.deepEqual(await findLater(1000), []);
  });

  it('are those without an owner only when they are older than an hour', async () => {
    const made = [await makeSession(undefined), await makeSession('')];
    assert.deepEqual(await findLater(0), []);
    assert.deepEqual(await findLater(2), made);
    for (const dir of made) await utimes(dir, new Date(0), new Date(0));
    assert.deepEqual(await findLater(0), made);
  });

  it('are not those whose review is damaged, strange or has an overlay still', async () => {
    const cases: Array<(dir: string) => Promise<unknown>> = [
      (dir) => writeFile(join(dir, 'review.json'), '{"version":1,"items":['),
      (dir) => writeFile(join(dir, 'review.json'), '{"version":2,"items":[]}'),
      (dir) => writeFile(join(dir, 'review.json'), '{"version":1,"items":[{"decision":"later"}]}'),
      (dir) => writeFile(join(dir, 'review.json.damaged-0a1b2c3d'), '{'),
      (dir) => mkdir(join(dir, 'overlay')),
      (dir) => mkdir(join(dir, 'overlay', 'upper'), { recursive: true }),
    ];
    for (const spoil of cases) await spoil(await makeSession(deadOwner()));
    assert.deepEqual(await findLater(1000), []);
    assert.equal((await readdir(join(stateDir, 'sessions'))).length, cases.length);
  });

  it('are not other things in the folder, and there may be no folder', async () => {
    assert.deepEqual(await findLater(1000), []);
    await mkdir(join(stateDir, 'sessions', 'notes'), { recursive: true });
    await writeFile(join(stateDir, 'sessions', '0123456789ab'), 'a file');
    assert.deepEqual(await findLater(1000), []);
  });
});
