import { buildSpec, tmpfsOptions } from '../../../src/sandbox/build-spec.js';
import { ulimitsFor } from '../../../src/sandbox/posture.js';
import type { ContainerFacts, ContainerSpec } from '../../../src/sandbox/spec.js';

export function sampleSpec(): ContainerSpec {
  return buildSpec({
    sessionId: 'abc123',
    owner: 'host:1:2',
    version: '0.1.0',
    image: 'sha256:aa',
    env: ['AIRLOCK_AGENT={}'],
    runtime: undefined,
    runnerUid: 1000,
    runnerGid: 1000,
    limits: {
      memoryBytes: 2 ** 31,
      memorySwapBytes: 2 ** 31,
      nanoCpus: 2e9,
      pids: 512,
      openFiles: 4096,
      fileBytes: 2 ** 31,
      tmpBytes: 2 ** 28,
      homeBytes: 2 ** 28,
    },
    mounts: [
      {
        kind: 'volume',
        name: 'airlock-abc123-workspace',
        target: '/workspace',
        readOnly: false,
        seedFromImage: false,
      },
      { kind: 'bind', source: '/state/upper', target: '/run/airlock/upper', readOnly: true },
    ],
  });
}

/** What an honest engine reports of `sampleSpec()`. */
export function sampleFacts(spec: ContainerSpec): ContainerFacts {
  return {
    image: spec.image,
    user: spec.user,
    argv: spec.argv,
    env: [...spec.env, 'NODE_VERSION=24.21.0'],
    labels: { ...spec.labels, 'org.opencontainers.image.title': 'x' },
    networkMode: 'none',
    publishedPorts: [],
    readOnlyRoot: true,
    capDrop: ['ALL'],
    capAdd: [],
    securityOpt: [...spec.securityOpt],
    init: true,
    privileged: false,
    ipcMode: 'private',
    shmBytes: spec.shmBytes,
    pidMode: '',
    utsMode: '',
    usernsMode: '',
    devices: 0,
    runtime: 'runc',
    restartPolicy: 'no',
    memoryBytes: spec.limits.memoryBytes,
    memorySwapBytes: spec.limits.memorySwapBytes,
    nanoCpus: spec.limits.nanoCpus,
    pids: spec.limits.pids,
    ulimits: ulimitsFor(spec),
    tmpfs: Object.fromEntries(spec.tmpfs.map((tmpfs) => [tmpfs.target, tmpfsOptions(tmpfs)])),
    mounts: [
      { kind: 'volume', source: 'airlock-abc123-workspace', target: '/workspace', readOnly: false },
      { kind: 'bind', source: '/state/upper', target: '/run/airlock/upper', readOnly: true },
    ],
    logDriver: spec.logDriver,
  };
}
