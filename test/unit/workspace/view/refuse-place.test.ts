import assert from 'node:assert/strict';
import { mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { AirlockError } from '../../../../src/base/errors.js';
import { inspectWorkspace } from '../../../../src/workspace/view/inspect-workspace.js';
import { prepareOverlay } from '../../../../src/workspace/view/overlay.js';
import { refuseKeys, refusePlace } from '../../../../src/workspace/view/refuse-place.js';
import { makeWorkspace } from '../fixture.js';

const homes = ['/people/ann', '/root'];

describe('a folder that no session may be given', () => {
  const bad: readonly (readonly [string, RegExp])[] = [
    ['/', /root of the file system/],
    ['C:\\', /root of the file system/],
    ['/people/ann', /home folder/],
    ['/people', /home folder/],
    ['/root', /home folder/],
    ['/etc', /system/],
    ['/etc/ssh', /system/],
    ['/proc/self', /system/],
    ['/usr', /system/],
    ['/var', /system/],
    ['/people/ann/.ssh', /keys are kept/],
    ['/people/ann/.ssh/old', /keys are kept/],
    ['/people/ann/.config/gcloud', /keys are kept/],
    ['/root/.aws', /keys are kept/],
  ];
  for (const [root, reason] of bad)
    it(`is ${root}`, () => assert.match(refusePlace(root, homes) ?? '', reason));

  for (const root of [
    '/people/ann/code',
    '/people/annie',
    '/usr/src/app',
    '/srv/etc',
    '/var/www/site',
    '/people/ann/.config',
  ])
    it(`is not ${root}`, () => assert.equal(refusePlace(root, homes), undefined));
});

describe('a workspace with keys at its top', () => {
  let base: string;
  let root: string;
  let sessionDir: string;
  beforeEach(async () => {
    ({ base, root, sessionDir } = await makeWorkspace({}));
  });
  afterEach(() => rm(base, { recursive: true }));

  async function put(name: string): Promise<void> {
    await mkdir(dirname(join(root, name)), { recursive: true });
    await writeFile(join(root, name), 'x');
  }

  const keys = [
    ['.ssh/id_ed25519'],
    ['.ssh/work', '.ssh/work.pub'],
    ['.ssh/server.pem'],
    ['.gnupg/pubring.kbx'],
    ['.aws/credentials'],
    ['.kube/config'],
    ['.azure/msal_token_cache.bin'],
    ['.config/gcloud/credentials.db'],
    ['.config/gh/hosts.yml'],
  ];
  for (const names of keys) {
    it(`is refused for ${names[0]}`, async () => {
      for (const name of names) await put(name);
      await assert.rejects(
        inspectWorkspace(root, sessionDir),
        (error) =>
          error instanceof AirlockError &&
          error.code === 'workspace-unsuitable' &&
          error.message.includes(names[0] ?? '') &&
          /No file of yours was changed/.test(error.message),
      );
    });
  }

  it('is refused also when they are links', async () => {
    await put('elsewhere');
    await mkdir(join(root, '.kube'));
    await symlink(join(root, 'elsewhere'), join(root, '.kube/config'));
    assert.match((await refuseKeys(root)) ?? '', /\.kube\/config/);
  });

  it('is taken with what many a project has', async () => {
    const names = [
      '.azure/config',
      '.aws/task-definition.json',
      '.ssh/config',
      '.ssh/known_hosts',
      '.docker/Dockerfile',
    ];
    for (const name of [...names, 'deep/.ssh/id_rsa', '.ssh/id_rsa.pub', '.kube/README']) await put(name);
    assert.equal(await refuseKeys(root), undefined);
    assert.equal((await inspectWorkspace(root, sessionDir)).root, root);
  });

  it('mounts nothing that a link leads to', async () => {
    const facts = await inspectWorkspace(root, sessionDir);
    await mkdir(join(base, 'victim'));
    await mkdir(join(sessionDir, 'overlay'));
    for (const name of ['upper', 'work']) {
      await symlink(join(base, 'victim'), join(sessionDir, 'overlay', name));
      await assert.rejects(prepareOverlay(sessionDir, facts), /symbolic link/, name);
      await rm(join(sessionDir, 'overlay', name));
    }
    await rm(join(sessionDir, 'overlay'), { recursive: true });
    await symlink(join(base, 'victim'), join(sessionDir, 'overlay'));
    await assert.rejects(prepareOverlay(sessionDir, facts), /symbolic link/);
  });

  it("runs nothing with root's group", async () => {
    const facts = { ...(await inspectWorkspace(root, sessionDir)), hostUid: 1, ownerUid: 1000, ownerGid: 0 };
    assert.equal((await prepareOverlay(sessionDir, facts)).runnerGid, 1000);
  });
});
