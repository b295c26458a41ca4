import assert from 'node:assert/strict';
import { checkPosture } from '../../../src/sandbox/posture.js';
import type { ContainerFacts } from '../../../src/sandbox/spec.js';
import { sampleFacts, sampleSpec } from './sample-spec.js';

const mutations: Record<string, Partial<ContainerFacts>> = {
  image: { image: 'sha256:bb' },
  user: { user: '0:0' },
  program: { argv: ['/bin/sh'] },
  network: { networkMode: 'bridge' },
  'published ports': { publishedPorts: ['80/tcp'] },
  'read-only root': { readOnlyRoot: false },
  'dropped capabilities': { capDrop: [] },
  'added capabilities': { capAdd: ['SYS_ADMIN'] },
  'security options': { securityOpt: ['no-new-privileges', 'seccomp=unconfined'] },
  privileged: { privileged: true },
  'init process': { init: false },
  IPC: { ipcMode: 'host' },
  'shared memory': { shmBytes: 0 },
  'PID namespace': { pidMode: 'host' },
  'UTS namespace': { utsMode: 'host' },
  'user namespace': { usernsMode: 'host' },
  devices: { devices: 1 },
  'restart policy': { restartPolicy: 'always' },
  memory: { memoryBytes: 0 },
  'memory and swap': { memorySwapBytes: -1 },
  CPU: { nanoCpus: 0 },
  processes: { pids: 0 },
  ulimits: { ulimits: {} },
  tmpfs: { tmpfs: { '/tmp': 'rw,exec' } },
  environment: { env: ['LD_PRELOAD=/x.so'] },
  labels: { labels: {} },
  'engine log': { logDriver: 'json-file' },
};

describe('sandbox posture', () => {
  const spec = sampleSpec();

  it('accepts what an honest engine reports', () => {
    assert.deepEqual(checkPosture(spec, sampleFacts(spec)), []);
  });

  for (const [rule, mutation] of Object.entries(mutations)) {
    it(`finds a wrong ${rule}, and only that`, () => {
      const findings = checkPosture(spec, { ...sampleFacts(spec), ...mutation });
      assert.equal(findings.length, 1, findings.join('\n'));
      assert.ok(findings[0]?.startsWith(`${rule}:`), findings[0]);
    });
  }

  it('finds an upper layer that became writable', () => {
    const facts = sampleFacts(spec);
    const mounts = facts.mounts.map((mount) => ({ ...mount, readOnly: false }));
    assert.match(checkPosture(spec, { ...facts, mounts })[0] ?? '', /^mounts:/);
  });

  it('finds another runtime than the one asked for', () => {
    const asked = { ...spec, runtime: 'runsc' };
    assert.match(checkPosture(asked, sampleFacts(asked))[0] ?? '', /^runtime:/);
  });
});
