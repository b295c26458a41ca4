import { deepEqual, equal } from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cp, lstat, readdir, readFile, readlink } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { textPair } from '../../workspace/hunks/texts.js';
import { StoredSessions, type TestChange, type TestSide } from './stored-session.js';

const mode = fc.constantFrom(0o644, 0o755);
const bytes = fc.uint8Array({ minLength: 1, maxLength: 300 }).map((array) => Buffer.from([0, ...array]));
const link = fc.constantFrom('a', 'no/where', 'ü').map((target): TestSide => ({ link: target }));
const binary = fc.tuple(bytes, mode).map(([content, bits]): TestSide => ({ text: content, mode: bits }));

const change: fc.Arbitrary<TestChange> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.tuple(textPair, mode, mode).map(([[old, later], from, to]) => ({
      before: { text: old, mode: from },
      after: { text: later, mode: to },
    })),
  },
  fc.tuple(textPair, mode).map(([[text], bits]) => ({ after: { text, mode: bits } })),
  fc.tuple(textPair, mode).map(([[text], bits]) => ({ before: { text, mode: bits } })),
  fc.tuple(fc.option(binary, { nil: undefined }), binary).map(([before, after]) => ({ before, after })),
  fc
    .tuple(fc.option(link, { nil: undefined }), fc.option(link, { nil: undefined }))
    .map(([before, after]) => ({
      before,
      after,
    })),
  fc.tuple(binary, link).map(([before, after]) => ({ before, after })),
);
const name = fc.constantFrom(
  'f',
  'a b',
  'é',
  '"q"',
  '\\b',
  'tab\there',
  ' lead',
  'trail ',
  '-rf',
  'x b/x',
  'new\nline',
);
/** Nothing new gets a name with a control character or a backslash. */
const changeSet = fc.array(fc.tuple(name, change), { minLength: 20, maxLength: 40 }).map((entries) =>
  Object.fromEntries([
    ...entries.map(([base, one], index): [string, TestChange] => [
      `${index % 3}/${one.before === undefined ? base.replace(/[\\\t\n]/, '-') : base}${index}`,
      one,
    ]),
    // A folder takes the place of a file, and a file that of a folder.
    ['swap/up', { before: { text: 'x\n' } }],
    ['swap/up/in', { after: { text: 'y\n' } }],
    ['swap/down/in', { before: { text: 'x\n' } }],
    ['swap/down', { after: { text: 'y\n' } }],
  ]),
);

describe('airlock diff', function () {
  this.timeout(120_000);
  for (const [index, changes] of fc.sample(changeSet, { numRuns: 6, seed: 5 }).entries()) {
    it(`is to git apply what airlock apply writes: set ${index + 1}`, async () => {
      const sessions = await StoredSessions.create();
      try {
        await sessions.store(changes);
        const copy = join(sessions.root, 'copy');
        await cp(sessions.workspace, copy, { recursive: true, verbatimSymlinks: true });
        const diff = await sessions.run(['diff', '--binary', '--hunks']);
        equal(diff.status, 0, diff.stderr);
        const args = ['apply', '--whitespace=nowarn', '-'];
        const applied = spawnSync('git', args, { cwd: copy, input: diff.stdout, encoding: 'utf8' });
        equal(applied.status, 0, `${applied.error ?? ''}${applied.stderr}\n${diff.stdout}`);
        equal((await sessions.run(['approve', '--all', '--protected'])).status, 0);
        const written = await sessions.run(['apply']);
        equal(written.status, 0, written.stdout);
        deepEqual(await readTree(copy), await readTree(sessions.workspace));
        const empty = await sessions.run(['diff']);
        equal(empty.status, 2, 'nothing waits any more');
      } finally {
        await sessions.remove();
      }
    });
  }

  it('is to patch what airlock apply writes, of texts', async () => {
    const sessions = await StoredSessions.create();
    try {
      const pairs = fc.sample(textPair, { numRuns: 60, seed: 3 });
      const entries = pairs.map(([old, later], index): [string, TestChange] => [
        // Of a mode alone patch finds no name with a space, not in what git prints either.
        `a${index}`,
        index % 7 === 0
          ? { after: { text: `${later}.` } }
          : index % 7 === 1
            ? { before: { text: `${old}.` } }
            : { before: { text: old }, after: { text: later, mode: index % 2 === 0 ? 0o644 : 0o755 } },
      ]);
      await sessions.store(Object.fromEntries(entries));
      const copy = join(sessions.root, 'copy');
      await cp(sessions.workspace, copy, { recursive: true });
      const { stdout } = await sessions.run(['diff']);
      const args = ['-p1', '--binary', '-f', '-F0'];
      const patched = spawnSync('patch', args, { cwd: copy, input: stdout, encoding: 'utf8' });
      equal(patched.status, 0, `${patched.error ?? ''}${patched.stdout}${patched.stderr}`);
      await sessions.run(['approve', '--all', '--protected']);
      equal((await sessions.run(['apply'])).status, 0);
      deepEqual(await readTree(copy), await readTree(sessions.workspace));
    } finally {
      await sessions.remove();
    }
  });
});

/** Every file by its path: what git keeps of it. */
async function readTree(root: string): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  for (const path of (await readdir(root, { recursive: true })).sort()) {
    const location = join(root, path);
    const stats = await lstat(location);
    if (stats.isSymbolicLink()) found.set(path, `link ${await readlink(location)}`);
    else if (stats.isFile()) {
      const kind = (stats.mode & 0o111) === 0 ? 'file' : 'program';
      found.set(path, `${kind} ${(await readFile(location)).toString('latin1')}`);
    }
  }
  return found;
}
