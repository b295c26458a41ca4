import assert from 'node:assert/strict';
import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ImportedCommits, importCommits } from '../../../../src/workspace/commits/import-commits.js';
import {
  makeScratch,
  openBundle,
  removeCommits,
  saveCommits,
} from '../../../../src/workspace/commits/stored-commits.js';
import { UserRepository } from '../../../../src/workspace/commits/user-repository.js';
import { TestRepository } from './repository-fixture.js';

const sessionId = '0123456789ab';
const BRANCH = 'airlock/01234567';
const MAX = 1024 * 1024;

describe('importing the commits of a bundle', () => {
  let dir: string;
  let user: TestRepository;
  let agent: TestRepository;
  let first: string;

  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'airlock-commits-'));
    user = TestRepository.make(join(dir, 'user'));
    writeFileSync(join(user.folder, 'a.txt'), 'one\n');
    user.git('add', '.');
    user.git('commit', '-qm', 'first');
    first = user.git('rev-parse', 'HEAD');
    agent = user.clone(join(dir, 'agent'));
  });
  afterEach(() => rmSync(dir, { recursive: true, force: true }));

  async function importBytes(bytes: Uint8Array, maxBytes = MAX): Promise<ImportedCommits> {
    const store = mkdtempSync(join(dir, 'session-'));
    const about = { sessionId, workspace: user.folder, commits: 1, at: 1 };
    const stored = await saveCommits(store, about, chunksOf(bytes), MAX);
    const repository = await UserRepository.find(user.folder);
    assert.ok(repository);
    const options = { sessionId, scratch: await makeScratch(store), maxBytes };
    return importCommits(repository, await openBundle(store, stored), options);
  }

  async function assertRefused(bytes: Uint8Array, reason: RegExp): Promise<void> {
    const before = user.snapshot();
    await assert.rejects(importBytes(bytes), (error: Error) => {
      assert.match(error.message, /were not imported/);
      assert.match(error.message, reason);
      return true;
    });
    assert.deepEqual(user.snapshot(), before);
  }

  function commitFile(name: string, text: string): string {
    writeFileSync(join(agent.folder, name), text);
    agent.git('add', '.');
    agent.git('commit', '-qm', `change ${name}`);
    return agent.git('rev-parse', 'HEAD');
  }

  it('makes one new branch, and touches nothing else', async () => {
    writeFileSync(join(user.folder, 'a.txt'), 'edited\n');
    writeFileSync(join(user.folder, 'staged.txt'), 'staged\n');
    user.git('add', 'staged.txt');
    const before = user.snapshot();
    const second = commitFile('a.txt', 'two\n');
    const third = commitFile('b.txt', 'new\n');
    const imported = await importBytes(agent.bundle('HEAD', '--not', first));
    assert.deepEqual(imported, { branch: BRANCH, tip: third, commits: 2 });
    assert.deepEqual(user.git('rev-list', BRANCH).split('\n'), [third, second, first]);
    assert.equal(user.git('show', `${BRANCH}:b.txt`), 'new');
    assert.equal(user.git('symbolic-ref', 'HEAD'), 'refs/heads/main');
    assert.equal(user.git('rev-parse', 'HEAD'), first);
    const after = user.snapshot();
    const news = Object.keys(after).filter((name) => before[name] !== after[name]);
    assert.deepEqual(
      news.filter((name) => !/^\.git\/objects\/pack\/pack-[0-9a-f]+\.(?:pack|idx|rev)$/.test(name)).sort(),
      [`.git/logs/refs/heads/${BRANCH}`, `.git/refs/heads/${BRANCH}`],
    );
    assert.deepEqual(
      Object.keys(before).filter((name) => !(name in after)),
      [],
    );
    assert.equal(user.git('fsck', '--strict'), '');
  });

  it('takes the first commits of all into a repository that has none', async () => {
    const empty = TestRepository.make(join(dir, 'empty'));
    user = empty;
    const imported = await importBytes(agent.bundle('HEAD'));
    assert.deepEqual(imported, { branch: BRANCH, tip: first, commits: 1 });
  });

  it('overwrites no branch that is there', async () => {
    user.git('branch', BRANCH);
    const tip = commitFile('a.txt', 'two\n');
    const imported = await importBytes(agent.bundle('HEAD', '--not', first));
    assert.deepEqual(imported, { branch: `${BRANCH}-2`, tip, commits: 1 });
    assert.equal(user.git('rev-parse', BRANCH), first);
  });

  it('runs no hook and asks no program of the configuration', async () => {
    const mark = join(dir, 'started');
    const evil = join(dir, 'evil');
    writeFileSync(evil, `#!/bin/sh\necho "$0" >> '${mark}'\n`);
    chmodSync(evil, 0o755);
    for (const hook of [
      'reference-transaction',
      'post-update',
      'post-checkout',
      'update',
      'post-index-change',
    ]) {
      writeFileSync(join(user.folder, '.git/hooks', hook), `#!/bin/sh\necho ${hook} >> '${mark}'\n`);
      chmodSync(join(user.folder, '.git/hooks', hook), 0o755);
    }
    user.git('config', 'core.fsmonitor', evil);
    user.git('config', 'core.alternateRefsCommand', evil);
    const shown = commitFile('a.txt', 'two\n');
    assert.equal((await importBytes(agent.bundle('HEAD', '--not', first))).tip, shown);
    assert.ok(!existsSync(mark));
    // They do run when git is left to itself.
    user.git('update-ref', 'refs/heads/other', first);
    assert.ok(existsSync(mark));
  });

  it('heeds no variable that tells git of another repository', async () => {
    const other = TestRepository.make(join(dir, 'other'));
    process.env.GIT_DIR = join(other.folder, '.git');
    process.env.GIT_OBJECT_DIRECTORY = join(other.folder, '.git/objects');
    try {
      const tip = commitFile('a.txt', 'two\n');
      await importBytes(agent.bundle('HEAD', '--not', first));
      assert.equal(user.git('rev-parse', BRANCH), tip);
      assert.equal(other.git('for-each-ref'), '');
    } finally {
      delete process.env.GIT_DIR;
      delete process.env.GIT_OBJECT_DIRECTORY;
    }
  });

  describe('refuses, and leaves the repository as it was:', () => {
    const hostile: readonly [string, (blob: string) => string][] = [
      [
        'a hook in .git',
        (blob) => nest('.git', nest('hooks', agent.tree(['100755', 'post-checkout', blob]))),
      ],
      ['.GIT', (blob) => agent.tree(['100644', '.GIT', blob])],
      ['git~1', (blob) => agent.tree(['100644', 'git~1', blob])],
      ['.git with a character that HFS+ ignores', (blob) => agent.tree(['100644', '.g\u200cit', blob])],
      ['.git deep in a tree', (blob) => nest('src', nest('.git', agent.tree(['100644', 'config', blob])))],
      ['..', (blob) => nest('..', agent.tree(['100644', 'x', blob]))],
      ['a name with a slash', (blob) => agent.tree(['100644', '../../x', blob])],
      ['.gitmodules that is a link', (blob) => agent.tree(['120000', '.gitmodules', blob])],
      ['the same name twice', (blob) => agent.tree(['100644', 'x', blob], ['100644', 'x', blob])],
    ];
    const nest = (name: string, inner: string) => agent.tree(['40000', name, inner]);
    for (const [name, make] of hostile) {
      it(name, async () => {
        const commit = agent.commit(make(agent.object('blob', 'evil\n')), first);
        agent.git('update-ref', 'HEAD', commit);
        await assertRefused(agent.bundle('HEAD', '--not', first), /git refused them/);
      });
    }

    it('a .gitmodules that starts a program', async () => {
      const modules = '[submodule "x"]\n\tpath = x\n\turl = --upload-pack=evil\n';
      const tree = agent.tree(['100644', '.gitmodules', agent.object('blob', modules)]);
      agent.git('update-ref', 'HEAD', agent.commit(tree, first));
      await assertRefused(agent.bundle('HEAD', '--not', first), /git refused them/);
    });

    it('a commit whose tree is missing', async () => {
      const lost = agent.object('blob', 'lost\n');
      const commit = agent.commit(agent.tree(['100644', 'x', lost]), first);
      agent.git('update-ref', 'HEAD', commit);
      const header = `# v2 git bundle\n-${first} first\n${commit} HEAD\n\n`;
      const pack = agent.feed(
        `${commit}\n${agent.git('rev-parse', `${commit}^{tree}`)}\n`,
        'pack-objects',
        '--stdout',
        '-q',
      );
      await assertRefused(Buffer.concat([Buffer.from(header), pack]), /git refused them|not complete/);
    });

    it('commits that build on one which the user does not have', async () => {
      const second = commitFile('a.txt', 'two\n');
      commitFile('a.txt', 'three\n');
      await assertRefused(agent.bundle('HEAD', '--not', second), /does not have/);
    });

    it('what the user has already', async () => {
      user.git('commit', '-q', '--allow-empty', '-m', 'second');
      const bytes = user.bundle('HEAD', '--not', first);
      await assertRefused(bytes, /has them already/);
    });

    it('a pack that is cut', async () => {
      commitFile('a.txt', 'two\n');
      const bytes = agent.bundle('HEAD', '--not', first);
      await assertRefused(bytes.subarray(0, bytes.length - 30), /git refused them/);
    });

    it('a tip that is no commit', async () => {
      const second = commitFile('a.txt', 'two\n');
      const blob = user.git('rev-parse', 'HEAD:a.txt');
      const bytes = agent.bundle('HEAD', '--not', first);
      const text = bytes.toString('latin1').replace(`${second} HEAD`, `${blob} HEAD`);
      await assertRefused(Buffer.from(text, 'latin1'), /git cannot count|not complete|already/);
    });

    it('a pack that is larger than allowed', async () => {
      commitFile('large.bin', Array.from({ length: 40_000 }, (_, index) => index * 7919).join());
      const before = user.snapshot();
      await assert.rejects(importBytes(agent.bundle('HEAD', '--not', first), 10_000), /git refused them/);
      assert.deepEqual(user.snapshot(), before);
    });
  });

  describe('keeps none that', () => {
    const keep = (bytes: Uint8Array, maxBytes = MAX) => {
      const about = { sessionId, workspace: user.folder, commits: 1, at: 1 };
      return saveCommits(dir, about, chunksOf(bytes), maxBytes);
    };
    const stored = () => readdirSync(dir).filter((name) => name.startsWith('commits.'));

    it('is no bundle, or of other references than HEAD', async () => {
      commitFile('a.txt', 'two\n');
      agent.git('branch', 'evil');
      for (const bytes of [Buffer.from('PACK'), agent.bundle('evil'), agent.bundle('HEAD', 'evil')])
        await assert.rejects(keep(bytes), /cannot be used/);
      assert.deepEqual(stored(), []);
    });

    it('is too large; the one before it stays', async () => {
      const kept = await keep(agent.bundle('HEAD'));
      await assert.rejects(keep(agent.bundle('HEAD'), 100), /larger than/);
      assert.equal((await openBundle(dir, kept)).header.tip, first);
      assert.deepEqual(stored().sort(), ['commits.bundle', 'commits.json']);
      await makeScratch(dir);
      await removeCommits(dir);
      assert.deepEqual(stored(), []);
    });
  });
});

async function* chunksOf(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += 100) yield bytes.subarray(at, at + 100);
}
