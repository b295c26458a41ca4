import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { verifyAuditLog } from '../../../../src/audit/verify.js';
import { currentOwner } from '../../../../src/base/owner.js';
import { changesDocument } from '../../../../src/cli/review/documents.js';
import { SessionAudit } from '../../../../src/session/record/session-audit.js';
import { openStoredReviews } from '../../../../src/session/reviews/open-reviews.js';
import { changeKey } from '../../../../src/workspace/changes.js';
import { CLI, StoredSessions, type TestChange } from './stored-session.js';

const silent = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};
const added = (...paths: readonly string[]): Readonly<Record<string, TestChange>> =>
  Object.fromEntries(paths.map((path) => [path, { after: { text: `${path}\n` } }]));

describe('a review in several processes', function () {
  this.timeout(60_000);
  let sessions: StoredSessions;
  beforeEach(async () => {
    sessions = await StoredSessions.create();
  });
  afterEach(() => sessions.remove());

  const states = async () => {
    const { stdout } = await sessions.run(['changes', '--json']);
    const { changes } = changesDocument.parse(JSON.parse(stdout));
    return Object.fromEntries(changes.map(({ path, state }) => [path, state]));
  };
  /** As the window that has the folder open. */
  const openWindow = async () => {
    const { stateDir, workspace } = sessions;
    const [review] = await openStoredReviews({
      stateDir,
      workspace,
      owner: currentOwner(),
      logger: silent,
      except: new Set(),
      auditOf: (id) => SessionAudit.ended(auditOf(id), silent),
    });
    ok(review);
    return review;
  };
  const auditOf = (id: string) => join(sessions.stateDir, 'audit', `${id}.jsonl`);

  it('keeps what each of them decides at the same time, and its audit log whole', async () => {
    const paths = Array.from({ length: 8 }, (_, index) => `f${index}`);
    const { id } = await sessions.store(added(...paths));
    const ends = await Promise.all(
      paths.map((path, index) => sessions.run([index % 2 === 0 ? 'approve' : 'reject', path])),
    );
    for (const { status, stderr } of ends) equal(status, 0, stderr);
    deepEqual(
      await states(),
      Object.fromEntries(paths.map((path, index) => [path, index % 2 === 0 ? 'approved' : 'rejected'])),
    );
    deepEqual((await verifyAuditLog(auditOf(id))).kind, 'intact');
    const log = await readFile(auditOf(id), 'utf8');
    equal(log.match(/"rejected"/g)?.length, 4);
    deepEqual((await readdir(join(sessions.stateDir, 'sessions', id))).sort(), [
      'blobs',
      'owner',
      'review.json',
    ]);
  });

  it('writes once what two of them apply at the same time', async () => {
    await sessions.store(added('a', 'b'));
    await sessions.run(['approve', '--all']);
    const ends = await Promise.all([sessions.run(['apply']), sessions.run(['apply'])]);
    // The second finds nothing approved any more, or the marks gone when it comes to write.
    ok(ends.some(({ stdout }) => stdout.includes('written    a\nwritten    b\n')));
    deepEqual(await states().catch(() => 'decided'), 'decided');
    equal(await readFile(join(sessions.workspace, 'a'), 'utf8'), 'a\n');
  });

  it('shows a window what a command decides, and keeps it when the window decides next', async () => {
    await sessions.store(added('a', 'b', 'c'));
    const window = await openWindow();
    let changed = 0;
    window.onDidChange(() => {
      changed += 1;
    });
    equal((await sessions.run(['reject', 'a'])).status, 0);
    // It is told of when the whole step is done.
    for (let waited = 0; changed === 0 && waited < 100; waited += 1) await setTimeout(50);
    equal(window.get('a')?.decision, 'rejected');
    ok(changed > 0);
    await window.reject('b');
    deepEqual(await states(), { a: 'rejected', b: 'rejected', c: 'pending' });
  });

  it('writes nothing for a window whose proposal is another one by now', async () => {
    const two = { before: { text: '1\n2\n3\n' }, after: { text: 'one\n2\nthree\n' } };
    const { id } = await sessions.store({ a: two });
    const window = await openWindow();
    const shown = window.get('a');
    ok(shown);
    const [hunk] = await window.hunks('a');
    equal((await sessions.run(['reject', '--hunk', hunk?.key ?? '', '--session', id])).status, 0);
    const outcome = await window.approve('a', changeKey(shown.change));
    ok(outcome.kind === 'conflict');
    match(outcome.reason, /not the one that was shown/);
    equal(await readFile(join(sessions.workspace, 'a'), 'utf8'), two.before.text);
  });

  it('is gone for a window when another one has discarded it, and stays gone', async () => {
    const { id } = await sessions.store(added('a'));
    const [window, other] = [await openWindow(), await openWindow()];
    await other.discard();
    await window.reject('a').catch(() => undefined);
    deepEqual(window.list(), []);
    ok(!(await readdir(join(sessions.stateDir, 'sessions'))).includes(id));
  });

  it('is not decided in while the process that ran its session lives, but can be looked at', async () => {
    const { id } = await sessions.store(added('a'), { owner: currentOwner() });
    for (const args of [['approve', 'a'], ['reject', '--all'], ['apply']]) {
      const { status, stderr } = await sessions.run(args);
      equal(status, 6, stderr);
      match(
        stderr,
        new RegExp(`session ${id} belongs to a process that still runs \\(process ${process.pid} on `),
      );
    }
    const { status, stdout, stderr } = await sessions.run(['diff']);
    equal(status, 0);
    match(stdout, /\+a\n/);
    match(stderr, new RegExp(`belongs to process ${process.pid} on .*, which still runs`));
  });

  it('does not undo what belongs to a process that lives', async () => {
    const { review } = await sessions.store(added('a'), { owner: currentOwner() });
    const shown = review.get('a');
    ok(shown);
    equal((await review.approve('a', changeKey(shown.change))).kind, 'applied');
    equal((await sessions.run(['undo'])).status, 6);
    equal(await readFile(join(sessions.workspace, 'a'), 'utf8'), 'a\n');
  });

  it('is done with although nobody reads what is said of it', async () => {
    await sessions.store(added('a', 'b'));
    for (const [command, status] of [
      ['changes', 0],
      ['approve --all', 0],
      ['apply', 0],
    ] as const) {
      const args = [CLI, ...command.split(' '), '--state-dir', sessions.stateDir];
      const child = spawn(process.execPath, args, {
        cwd: sessions.workspace,
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      child.stdout.destroy();
      deepEqual(await once(child, 'close'), [status, null], command);
    }
    equal(await readFile(join(sessions.workspace, 'b'), 'utf8'), 'b\n');
  });
});
