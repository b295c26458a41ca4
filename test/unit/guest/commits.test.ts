import assert from 'node:assert/strict';
import { appendFileSync, chmodSync, existsSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readBundleHeader } from '../../../src/workspace/commits/bundle-header.js';
import { TestRepository } from '../workspace/commits/repository-fixture.js';
import { ProxyDriver } from './support/proxy-driver.js';

describe("the agent's commits, as the tool proxy hands them out", () => {
  let proxy: ProxyDriver;
  let repository: TestRepository;
  let first: string;

  beforeEach(async () => {
    proxy = new ProxyDriver();
    await proxy.init();
  });
  afterEach(() => proxy.stop());

  function makeRepository(): void {
    repository = TestRepository.make(proxy.folder);
    first = commit('first');
  }
  function commit(text: string): string {
    writeFileSync(join(proxy.folder, 'a.txt'), `${text}\n`);
    repository.git('add', '.');
    repository.git('commit', '-qm', text);
    return repository.git('rev-parse', 'HEAD');
  }
  const head = async () => JSON.parse((await proxy.post('/head', {})).body.toString());
  const bundle = (...have: string[]) => proxy.post('/bundle', { have });

  it('are none without a repository', async () => {
    assert.deepEqual(await head(), { head: null });
    const answer = await bundle();
    assert.deepEqual([answer.status, answer.headers['airlock-commits'], answer.body.length], [200, '0', 0]);
  });

  it('are none before the first commit', async () => {
    TestRepository.make(proxy.folder);
    assert.deepEqual(await head(), { head: null });
    assert.equal((await bundle()).headers['airlock-commits'], '0');
  });

  it('are those that the user does not have', async () => {
    makeRepository();
    const second = commit('second');
    const third = commit('third');
    assert.deepEqual(await head(), { head: third });
    const answer = await bundle(first);
    assert.equal(answer.headers['airlock-commits'], '2');
    const check = readBundleHeader(answer.body);
    assert.ok(check.ok);
    assert.deepEqual([check.header.tip, check.header.prerequisites], [third, [first]]);
    assert.equal((await bundle(third, second)).headers['airlock-commits'], '0');
  });

  it('are told from commits that only the user has', async () => {
    makeRepository();
    commit('second');
    const blob = repository.git('rev-parse', 'HEAD:a.txt');
    assert.equal((await bundle('f'.repeat(40), first, blob)).headers['airlock-commits'], '1');
  });

  it('are not handed out for what is no id', async () => {
    makeRepository();
    for (const have of ['--all', 'HEAD', first.slice(1)]) assert.equal((await bundle(have)).status, 400);
  });

  it('are read without starting a program of the repository', async () => {
    makeRepository();
    commit('second');
    const mark = `${proxy.folder}.mark`;
    const evil = join(proxy.folder, 'evil');
    writeFileSync(evil, `#!/bin/sh\necho >> ${mark}\n`);
    chmodSync(evil, 0o755);
    const settings = ['fsmonitor', 'hooksPath', 'alternateRefsCommand', 'pager'].map(
      (name) => `\t${name} = ${evil}`,
    );
    appendFileSync(
      join(proxy.folder, '.git/config'),
      `[core]\n${settings.join('\n')}\n[pack]\n\tpackSizeLimit = 1\n`,
    );
    assert.equal((await bundle(first)).headers['airlock-commits'], '1');
    assert.ok(!existsSync(mark));
  });

  it('are refused where the repository lies outside', async () => {
    symlinkSync('/nonexistent', join(proxy.folder, '.git'));
    const answer = await proxy.post('/head', {});
    assert.equal(answer.status, 409);
    assert.match(answer.body.toString(), /cannot be followed/);
  });
});
