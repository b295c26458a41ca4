import assert from 'node:assert/strict';
import { mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { AirlockError } from '../../../../src/base/errors.js';
import { inspectWorkspace } from '../../../../src/workspace/view/inspect-workspace.js';
import {
  chooseStrategy,
  type OverlayBlockerName,
  type StrategyFacts,
} from '../../../../src/workspace/view/strategy.js';
import { makeWorkspace } from '../fixture.js';

const good: StrategyFacts = {
  platform: 'linux',
  hostUid: 1000,
  root: '/srv/u/project with space',
  ownerUid: 1000,
  sessionDir: '/srv/u/.state/s',
  stateFileSystem: 'ext4',
  engineLocal: true,
  engineRootless: false,
  runtime: undefined,
};

describe('chooseStrategy', () => {
  const blockers: ReadonlyArray<readonly [OverlayBlockerName, Partial<StrategyFacts>]> = [
    ['platform', { platform: 'darwin' }],
    ['engine-remote', { engineLocal: false }],
    ['engine-rootless', { engineRootless: true }],
    ['runtime', { runtime: 'runsc' }],
    ['root-owned', { ownerUid: 0, hostUid: 0 }],
    ['foreign-owner', { ownerUid: 1001 }],
    ['path-characters', { root: '/a,b' }],
    ['path-characters', { root: '/a:b' }],
    ['path-characters', { root: '/a\\b' }],
    ['path-characters', { sessionDir: '/a\nb' }],
    ['path-characters', { sessionDir: '/a"b' }],
    ['path-length', { root: `/${'x'.repeat(3600)}` }],
    ['state-file-system', { stateFileSystem: 'overlay' }],
    ['state-file-system', { stateFileSystem: 'nfs' }],
  ];
  for (const [name, facts] of blockers) {
    it(`falls back for ${name} (${JSON.stringify(facts).slice(0, 40)}), and says so`, () => {
      const auto = chooseStrategy({ ...good, ...facts }, 'auto');
      assert.deepEqual(auto.kind === 'copy' && auto.blockers.map((blocker) => blocker.name), [name]);
      assert.equal(chooseStrategy({ ...good, ...facts }, 'overlay').kind, 'impossible');
    });
  }
  it('takes the overlay where nothing is against it', () => {
    assert.deepEqual(chooseStrategy(good, 'auto'), { kind: 'overlay' });
    assert.deepEqual(chooseStrategy({ ...good, hostUid: 0, runtime: 'runc' }, 'overlay'), {
      kind: 'overlay',
    });
    assert.deepEqual(chooseStrategy(good, 'copy'), { kind: 'copy', blockers: [] });
  });
});

describe('inspectWorkspace', () => {
  it('gathers facts behind links and refuses what no session may have', async () => {
    const { base, root, sessionDir } = await makeWorkspace({});
    try {
      await symlink(root, join(base, 'link'));
      const facts = await inspectWorkspace(join(base, 'link'), sessionDir);
      assert.equal(facts.root, root);
      assert.equal(facts.hostUid, process.getuid?.());
      await writeFile(join(base, 'file'), '');
      await mkdir(join(sessionDir, 'inner'));
      const refused = [
        '/',
        homedir(),
        join(base, 'none'),
        join(base, 'file'),
        base,
        sessionDir,
        join(sessionDir, 'inner'),
      ];
      for (const path of refused) {
        await assert.rejects(
          inspectWorkspace(path, sessionDir),
          (error) => error instanceof AirlockError && error.code === 'workspace-unsuitable',
          path,
        );
      }
    } finally {
      await rm(base, { recursive: true });
    }
  });
});
