import assert from 'node:assert/strict';
import { AirlockError } from '../../../src/base/errors.js';
import { readDetails } from '../../../src/sandbox/docker/engine-details.js';
import { isOlder } from '../../../src/sandbox/engine-api.js';

const version = { Version: '29.9.0', ApiVersion: '1.55' };

describe('what an engine says of itself', () => {
  it('is read with all that it leaves out', () => {
    const details = readDetails('/run/e.sock', version, {});
    assert.deepEqual(
      [details.storageDriver, details.defaultRuntime, details.backingFileSystem, details.cgroupVersion],
      ['', '', undefined, '1'],
    );
    assert.deepEqual([details.components, details.runtimes, details.missingLimits], [[], [], []]);
  });

  it('names the limits that it cannot set, and none of which it says nothing', () => {
    const info = { MemoryLimit: false, PidsLimit: false, CpuCfsQuota: null };
    assert.deepEqual(readDetails('/run/e.sock', version, info).missingLimits, [
      'memory',
      'number of processes',
    ]);
  });

  it('names its parts, their versions and what they were built from', () => {
    const Components = [
      { Name: 'runc', Version: '1.1.5+ds1', Details: { GitCommit: '1.1.5+ds1-1+deb12u1', Other: 3 } },
      { Name: 'docker-init' },
    ];
    assert.deepEqual(readDetails('/run/e.sock', { ...version, Components }, {}).components, [
      { name: 'runc', version: '1.1.5+ds1', build: '1.1.5+ds1-1+deb12u1' },
      { name: 'docker-init', version: '', build: '' },
    ]);
  });

  it('is of this machine at a local socket only, unless it is Docker Desktop in its virtual machine', () => {
    const isLocal = (endpoint: string, OperatingSystem = 'Debian') =>
      readDetails(endpoint, version, { OperatingSystem }).local;
    assert.equal(isLocal('unix:///run/e.sock'), process.platform === 'linux');
    assert.equal(isLocal('tcp://127.0.0.1:2375'), false);
    assert.equal(isLocal('/run/e.sock', 'Docker Desktop'), false);
  });

  it('is refused when it is nothing of the kind', () => {
    for (const answer of [Buffer.from('<html>'), 'text', null, { ...version, Components: 'many' }])
      assert.throws(
        () => readDetails('/run/e.sock', answer, {}),
        (error: unknown) => error instanceof AirlockError && error.code === 'engine-failed',
      );
  });
});

describe('the version of the Engine API', () => {
  const cases: [string, boolean][] = [
    ['1.41', false],
    ['1.100', false],
    ['2.0', false],
    ['1.40', true],
    ['1.9', true],
    ['', true],
    ['x.y', true],
  ];
  for (const [text, expected] of cases)
    it(`${text} is ${expected ? 'too old' : 'new enough'}`, () =>
      assert.equal(isOlder(text, '1.41'), expected));
});
