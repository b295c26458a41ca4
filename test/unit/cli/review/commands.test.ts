import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type * as z from 'zod';
import {
  applyDocument,
  approveDocument,
  changesDocument,
  diffDocument,
  rejectDocument,
  undoDocument,
} from '../../../../src/cli/review/documents.js';
import { quoteWord } from '../../../../src/cli/shell-word.js';
import { CLI, type CliEnd, StoredSessions, type TestChange } from './stored-session.js';

const numbers = (...changed: readonly string[]) =>
  `${Array.from({ length: 20 }, (_, index) => changed.find((line) => line.startsWith(`${index} `)) ?? `${index}`).join('\n')}\n`;

/** An agent's proposals of every kind. */
const proposals: Readonly<Record<string, TestChange>> = {
  'src/new.ts': { after: { text: 'new\n' } },
  'src/old.ts': { before: { text: numbers() }, after: { text: numbers('2 two', '17 seventeen') } },
  'src/gone.ts': { before: { text: 'gone\n' } },
  'run.sh': { before: { text: 'x\n', mode: 0o755 }, after: { text: 'x\n' } },
  'image.png': { after: { text: Buffer.from([0, 1, 2]) } },
  link: { after: { link: 'src' } },
  '.airlock/policy.jsonc': { after: { text: '{}\n' } },
  'moved.ts': { after: { text: 'moved\n' }, renamedFrom: 'src/moved.ts' },
  'both.ts': { before: { text: 'a\n' }, after: { text: 'agent\n' }, isHostEdited: true },
  'nested/.git': { refused: "git's own data is never copied back" },
};

describe('the review commands', function () {
  this.timeout(60_000);
  let sessions: StoredSessions;
  beforeEach(async () => {
    sessions = await StoredSessions.create();
  });
  afterEach(() => sessions.remove());

  const run = (...args: string[]) => sessions.run(args);
  const read = (path: string) => readFile(join(sessions.workspace, path), 'utf8');
  /** A command that is to succeed, its JSON checked. */
  async function ask<T extends z.ZodType>(
    schema: T,
    args: readonly string[],
    status = 0,
  ): Promise<z.output<T>> {
    const end = await sessions.run([...args, '--json']);
    equal(end.status, status, `${args.join(' ')}\n${end.stdout}${end.stderr}`);
    return schema.parse(JSON.parse(end.stdout));
  }
  const states = async () =>
    Object.fromEntries(
      (await ask(changesDocument, ['changes'])).changes.map(({ path, state }) => [path, state]),
    );
  const expectEnd = ({ status, stdout, stderr }: CliEnd, expected: number, output: RegExp) => {
    equal(status, expected, `${stdout}${stderr}`);
    match(`${stdout}${stderr}`, output);
    ok(!stderr.includes('    at '), stderr);
  };

  it('list what an agent proposes', async () => {
    const { id } = await sessions.store(proposals, { prompt: 'tidy\u001b up' });
    const { status, stdout } = await run('changes');
    equal(status, 0);
    const lines = stdout.split('\n');
    match(lines[0] ?? '', new RegExp(`^Session ${id}, 20..-.*Z, in /.*/ws$`));
    equal(lines[1], '  tidy\\u{1b} up');
    deepEqual(lines.slice(3), [
      'A  pending               +1 −0  .airlock/policy.jsonc',
      '     protected: it decides what later agent sessions may do here',
      'M  conflict              +1 −1  both.ts',
      '     conflict: you edited the real file during the session',
      'A  pending              binary  image.png',
      'L  pending                      link',
      '     link to src',
      'A  pending               +1 −0  moved.ts',
      '     renamed from src/moved.ts',
      '!  refused                      nested/.git',
      "     refused: git's own data is never copied back",
      'X  pending                  −x  run.sh',
      'D  pending               +0 −1  src/gone.ts',
      'A  pending               +1 −0  src/new.ts',
      'M  pending               +2 −2  src/old.ts',
      '',
      '10 changes: 8 pending, 1 conflict, 1 refused. `airlock diff` shows them; `airlock approve PATH…` marks what is to be written.',
      '',
    ]);
    const inFolder = await sessions.run(['changes', '.'], { cwd: join(sessions.workspace, 'src') });
    match(inFolder.stdout, /\+1 −0 {2}new\.ts\n/);
    ok(!inFolder.stdout.includes('run.sh'));
  });

  it('give it to programs, with the hunks', async () => {
    await sessions.store(proposals);
    const { changes } = await ask(changesDocument, ['changes', '--hunks', 'src/old.ts', 'image.png']);
    deepEqual(
      changes.map(({ path, hunks }) => [
        path,
        hunks?.map(({ before, after, approved }) => ({ before, after, approved })),
      ]),
      [
        ['image.png', []],
        [
          'src/old.ts',
          [3, 18].map((start) => ({
            before: { start, lines: 1 },
            after: { start, lines: 1 },
            approved: false,
          })),
        ],
      ],
    );
    const text = await run('changes', '--hunks', 'src/old.ts');
    match(text.stdout, new RegExp(`     ${changes[1]?.hunks?.[0]?.id.slice(0, 8)}  @@ -3,1 \\+3,1 @@\n`));
  });

  it('approve without writing, and write what is approved alone', async () => {
    await sessions.store(proposals);
    expectEnd(
      await run('approve', 'src', 'link'),
      0,
      /approved {3}src\/new\.ts[\s\S]*4 changes approved, and not written yet/,
    );
    equal(await read('src/old.ts'), numbers());
    expectEnd(
      await run('approve', '--none', 'src/gone.ts'),
      0,
      /unmarked {3}src\/gone\.ts\n3 changes approved/,
    );
    const { applied, left } = await ask(applyDocument, ['apply']);
    deepEqual([applied.map(({ path }) => path).sort(), left], [['link', 'src/new.ts', 'src/old.ts'], []]);
    equal(await read('src/old.ts'), numbers('2 two', '17 seventeen'));
    equal(await read('src/gone.ts'), 'gone\n');
    equal((await states())['src/new.ts'], 'applied');
    expectEnd(await run('apply'), 2, /Nothing is approved in the review of session.*airlock approve PATH/);
  });

  it('leave what is protected out of all and of folders, and say why', async () => {
    await sessions.store(proposals);
    const all = await run('approve', '--all');
    expectEnd(
      all,
      5,
      /left {7}\.airlock\/policy\.jsonc: protected: it decides what later agent sessions may do here\. Name its own PATH/,
    );
    match(all.stdout, /left {7}both\.ts: conflict: .*--overwrite PATH/);
    match(all.stdout, /left {7}nested\/\.git: it can never be applied/);
    expectEnd(await run('approve', '.airlock'), 0, /left {7}\.airlock\/policy/);
    equal((await states())['.airlock/policy.jsonc'], 'pending');
    await run('approve', '--none', '.');
    const named = await ask(approveDocument, ['approve', '.airlock/policy.jsonc']);
    deepEqual(named.changes, [
      { path: '.airlock/policy.jsonc', protected: ['it decides what later agent sessions may do here'] },
    ]);
    expectEnd(
      await run('apply'),
      0,
      /^protected {2}\.airlock\/policy\.jsonc: it decides what[\s\S]*written {4}\.airlock/,
    );
    equal(await read('.airlock/policy.jsonc'), '{}\n');
  });

  it('approve what is protected with all when it is said', async () => {
    await sessions.store({
      '.airlock/policy.jsonc': { after: { text: '{}\n' } },
      a: { after: { text: 'a' } },
    });
    expectEnd(
      await run('approve', '--all', '--protected'),
      0,
      /^protected {2}\.airlock[\s\S]*2 changes approved/,
    );
  });

  it('decide hunk by hunk', async () => {
    await sessions.store(proposals);
    const hunksOf = async () =>
      ((await ask(changesDocument, ['changes', '--hunks', 'src/old.ts'])).changes[0]?.hunks ?? []).map(
        ({ id }) => id,
      );
    const [first = '', second = ''] = await hunksOf();
    const { changes } = await ask(approveDocument, ['approve', '--hunk', first.slice(0, 6)]);
    deepEqual(changes, [{ path: 'src/old.ts', hunks: [first] }]);
    equal((await states())['src/old.ts'], 'partly approved');
    const { files } = await ask(diffDocument, ['diff', '--hunks', 'src/old.ts']);
    match(
      files[0]?.patch ?? '',
      new RegExp(`@@ ${first.slice(0, 8)} approved\n[^]*@@ ${second.slice(0, 8)}\n`),
    );
    deepEqual((await ask(applyDocument, ['apply'])).applied, [{ path: 'src/old.ts', hunksLeft: 1 }]);
    equal(await read('src/old.ts'), numbers('2 two'));
    deepEqual(await hunksOf(), [second]);
    const { rejected } = await ask(rejectDocument, ['reject', 'src/old.ts', '--hunk', second]);
    deepEqual(rejected, [{ path: 'src/old.ts', hunks: [second] }]);
    equal((await states())['src/old.ts'], 'rejected');
    expectEnd(await run('approve', '--hunk', second), 5, /left {7}src\/old\.ts: it was rejected/);
    expectEnd(await run('approve', '--hunk', 'ffffffff'), 2, /No hunk has an id that begins/);
  });

  it('reject two equal hunks of a file', async () => {
    const before = 'x\n1\n2\nx\n';
    await sessions.store({ a: { before: { text: before }, after: { text: 'x\ny\n1\n2\nx\ny\n' } } });
    const [entry] = (await ask(changesDocument, ['changes', '--hunks'])).changes;
    const ids = entry?.hunks?.map(({ id }) => id) ?? [];
    equal(ids.length, 2);
    await ask(rejectDocument, ['reject', ...ids.flatMap((id) => ['--hunk', id])]);
    expectEnd(await run('changes'), 2, /Nothing waits/);
  });

  it('do not guess which hunk is meant', async () => {
    const same = { before: { text: 'a\n' }, after: { text: 'b\n' } };
    await sessions.store({ one: same, two: same });
    const id = (await ask(changesDocument, ['changes', '--hunks'])).changes[0]?.hunks?.[0]?.id ?? '';
    expectEnd(await run('approve', '--hunk', id), 2, /2 hunks have an id .* PATH of its file/);
    deepEqual(await states(), { one: 'pending', two: 'pending' });
    await ask(approveDocument, ['approve', 'two', '--hunk', id]);
    deepEqual(await states(), { one: 'pending', two: 'approved' });
  });

  it('reject', async () => {
    await sessions.store(proposals);
    expectEnd(
      await run('reject', 'src', '.airlock/policy.jsonc'),
      0,
      /rejected {3}\.airlock\/policy[\s\S]*rejected {3}src\/old\.ts\n$/,
    );
    expectEnd(
      await run('approve', 'src/old.ts'),
      5,
      /left {7}src\/old\.ts: it was rejected\nNothing is approved now/,
    );
    expectEnd(await run('approve', 'src'), 0, /^Nothing is approved now/);
    equal((await ask(rejectDocument, ['reject', '--all'])).rejected.length, 6);
    expectEnd(await run('changes'), 2, /Nothing waits for review/);
    equal(await read('src/gone.ts'), 'gone\n');
  });

  it('tell of a conflict, show what an overwrite does, and overwrite one change alone', async () => {
    await sessions.store(proposals);
    await writeFile(join(sessions.workspace, 'both.ts'), 'mine\n');
    const diff = await run('diff', 'both.ts');
    equal(diff.status, 0);
    match(diff.stdout, /\n-mine\n\+agent\n$/);
    match(diff.stderr, /both\.ts: edited since; this is from the file as it is now/);
    await run('approve', 'src/new.ts');
    expectEnd(await run('apply', '--overwrite', 'src/new.ts'), 2, /in no conflict/);
    expectEnd(await run('apply', '--overwrite', 'src'), 2, /not a folder/);
    expectEnd(await run('apply', '--overwrite', 'both.ts'), 0, /^written {4}both\.ts\n/);
    equal(await read('both.ts'), 'agent\n');
    equal((await states())['src/new.ts'], 'approved');
    expectEnd(await run('undo'), 0, /undone {5}both\.ts/);
    equal(await read('both.ts'), 'mine\n');
  });

  it('merge with an edit of the user, and have it approved again', async () => {
    await sessions.store(proposals);
    await run('approve', 'src/old.ts', 'src/new.ts');
    await writeFile(join(sessions.workspace, 'src/old.ts'), numbers('9 mine'));
    expectEnd(await run('apply'), 5, /written {4}src\/new\.ts\nleft {7}src\/old\.ts: merged with your edits/);
    equal(await read('src/old.ts'), numbers('9 mine'));
    equal((await states())['src/old.ts'], 'pending');
    await run('approve', 'src/old.ts');
    expectEnd(await run('apply'), 0, /written {4}src\/old\.ts/);
    equal(await read('src/old.ts'), numbers('2 two', '9 mine', '17 seventeen'));
  });

  it('end with 5 where what is approved has become a conflict', async () => {
    await sessions.store({ a: { before: { text: 'a\n' }, after: { text: 'agent\n' } } });
    await run('approve', 'a');
    await writeFile(join(sessions.workspace, 'a'), 'mine\n');
    expectEnd(
      await run('apply'),
      5,
      /left {7}a: conflict: the real file was changed.*--overwrite PATH[\s\S]*Nothing was written/,
    );
    deepEqual([await read('a'), await states()], ['mine\n', { a: 'conflict' }]);
  });

  it('undo, unless it was edited since, and list what can be undone', async () => {
    await sessions.store({
      a: { after: { text: 'a\n' } },
      b: { after: { text: 'b\n' } },
      c: { after: { text: 'c\n' } },
    });
    expectEnd(await run('undo'), 2, /Nothing that was applied in .*ws can be taken back/);
    for (const paths of [['a'], ['b', 'c']]) {
      await run('approve', ...paths);
      equal((await run('apply')).status, 0);
    }
    const { applies = [] } = await ask(undoDocument, ['undo', '--list']);
    deepEqual(
      applies.map(({ paths }) => paths),
      [['b', 'c'], ['a']],
    );
    await writeFile(join(sessions.workspace, 'b'), 'mine\n');
    expectEnd(
      await run('undo'),
      5,
      /^left {7}b: edited since[\s\S]*Nothing was taken back.*--skip-edited` takes back the other 1/,
    );
    equal(await read('c'), 'c\n');
    expectEnd(
      await run('undo', '--skip-edited'),
      0,
      /^undone {5}c\nleft {7}b: edited[\s\S]*1 change taken back/,
    );
    await mkdir(join(sessions.workspace, 'deep'));
    const { undone } = await ask(undoDocument, [
      'undo',
      applies[1]?.id ?? '',
      '--workspace',
      join(sessions.workspace, 'deep'),
    ]);
    deepEqual(undone?.paths, ['a']);
    deepEqual(await states(), { a: 'pending', b: 'applied', c: 'pending' });
    equal(await stat(join(sessions.workspace, 'a')).catch(() => undefined), undefined);
  });

  it('do nothing where one path matches nothing', async () => {
    await sessions.store(proposals);
    for (const command of ['approve', 'reject', 'diff', 'changes'])
      expectEnd(
        await run(command, 'src/new.ts', 'gone\u001b'),
        2,
        /No change of this review is at "gone\\u\{1b\}"\. Nothing was decided/,
      );
    equal((await states())['src/new.ts'], 'pending');
  });

  it('name the other sessions that wait', async () => {
    const older = await sessions.store({ a: { after: { text: 'a' } } }, { createdAt: 1 });
    const newer = await sessions.store({ b: { after: { text: 'b' } } }, { createdAt: 2 });
    const { stdout, stderr } = await run('changes');
    ok(stdout.startsWith(`Session ${newer.id}`));
    match(stderr, new RegExp(`newest of 2 sessions that wait here.*${older.id}`));
    const named = await run('changes', '--session', older.id.slice(0, 8));
    ok(named.stdout.startsWith(`Session ${older.id}`));
    equal(named.stderr, '');
  });

  it('give the bytes of texts as they are to who is no terminal, and colour none', async () => {
    await sessions.store({ a: { after: { text: '\u001b[31m\u202e\r\n' } } });
    const { stdout } = await sessions.run(['diff'], { env: { FORCE_COLOR: '1', TERM: 'xterm' } });
    ok(stdout.endsWith('@@ -0,0 +1 @@\n+\u001b[31m\u202e\r\n'));
    ok(stdout.startsWith('diff --git'));
  });

  it('show a terminal what would change how it is shown, in colours unless they are not wanted', async () => {
    await sessions.store({ a: { after: { text: '\u001b[2J\u202e\n' } } });
    const onTerminal = (env: NodeJS.ProcessEnv) => {
      const line = [process.execPath, CLI, 'diff', '--state-dir', sessions.stateDir].map(quoteWord).join(' ');
      const { stdout, error } = spawnSync('script', ['-qec', line, '/dev/null'], {
        cwd: sessions.workspace,
        env: { PATH: process.env.PATH, TERM: 'xterm', ...env },
        encoding: 'utf8',
      });
      if (error !== undefined) throw new Error(`script does not run (${error.message}); install it`);
      return stdout.replaceAll('\r\n', '\n');
    };
    const plain = onTerminal({ NO_COLOR: '1' });
    ok(plain.endsWith('@@ -0,0 +1 @@\n+\\u{1b}[2J\\u{202e}\n'), plain);
    ok(!plain.includes('\u001b'));
    match(onTerminal({}), /\n.\[32m\+\\u\{1b\}\[2J\\u\{202e\}.\[0m\n$/);
    equal(onTerminal({ TERM: 'dumb' }), plain);
  });

  it('say what is the matter with a review that is damaged', async () => {
    const { id } = await sessions.store(proposals);
    await writeFile(join(sessions.stateDir, 'sessions', id, 'review.json'), '{');
    expectEnd(
      await run('changes'),
      2,
      new RegExp(`the review of session ${id} is damaged: [\\s\\S]*Nothing waits`),
    );
  });

  it('have a usage each', async () => {
    for (const name of [
      'run',
      'changes',
      'diff',
      'approve',
      'reject',
      'apply',
      'undo',
      'gateway',
      'policy',
    ]) {
      const { status, stdout } = await run(name, '--help');
      equal(status, 0);
      ok(stdout.startsWith(`airlock ${name}`), stdout);
    }
  });
});
