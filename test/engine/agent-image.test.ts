import assert from 'node:assert/strict';
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AirlockError } from '../../src/base/errors.js';
import type { BuildNetwork } from '../../src/sandbox/agent-image.js';
import { DockerEngine } from '../../src/sandbox/docker/docker-engine.js';
import { SandboxImage } from '../../src/sandbox/image.js';
import { installDir } from './harness.js';

describe('an agent that cannot be fetched', function () {
  // npm tries again for a while.
  this.timeout(120_000);
  let dir: string;

  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'airlock-agent-image-'));
    for (const part of ['image', 'dist/guest'])
      await cp(join(installDir, part), join(dir, part), { recursive: true });
    // A file of its own makes a layer that cannot be there yet.
    await writeFile(join(dir, 'image/agents/opencode/own.txt'), String(Math.random()));
  });
  afterEach(() => rm(dir, { recursive: true, force: true }));

  function fetchWith(network: BuildNetwork): Promise<string> {
    const image = new SandboxImage(new DockerEngine(), { installDir: dir, version: '1' });
    const agent = { folder: 'opencode', title: 'OpenCode', network };
    return image.ensure(() => undefined, new AbortController().signal, agent);
  }

  it('says so, and what to do, when the registry does not answer', async () => {
    await assert.rejects(
      fetchWith({ registry: 'http://127.0.0.1:9/', mode: 'host' }),
      (error) =>
        error instanceof AirlockError &&
        error.code === 'agent-image-failed' &&
        /OpenCode could not be fetched/.test(error.what) &&
        /airlock\.image\.registry/.test(error.nextStep),
    );
  });

  it('takes no registry that carries a password, for it would stay in the image', async () => {
    await assert.rejects(fetchWith({ registry: 'https://me:secret@registry.invalid/' }), (error) => {
      assert.ok(error instanceof AirlockError && error.code === 'usage');
      assert.ok(!error.message.includes('secret'));
      return /password/.test(error.what);
    });
    await assert.rejects(fetchWith({ registry: 'file:///etc' }), /http or https/);
  });

  it('names the certificate file that it cannot read', async () => {
    await assert.rejects(fetchWith({ caFile: '/nonexistent/ca.pem' }), /nonexistent\/ca\.pem/);
  });
});
