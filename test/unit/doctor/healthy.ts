import type { Check, Verdict } from '../../../src/doctor/check.js';
import type { Facts } from '../../../src/doctor/facts.js';
import type { EngineDetails } from '../../../src/sandbox/engine.js';

const GB = 1024 ** 3;

export const healthyEngine: EngineDetails = {
  name: 'machine',
  version: '29.9.0',
  apiVersion: '1.55',
  endpoint: '/var/run/docker.sock',
  local: true,
  runtimes: ['io.containerd.runc.v2', 'runc'],
  cgroupVersion: '2',
  rootless: false,
  seccomp: true,
  cpus: 4,
  memoryBytes: 8 * GB,
  components: [
    { name: 'Engine', version: '29.9.0', build: '' },
    { name: 'containerd', version: 'v2.3.6', build: '' },
    { name: 'runc', version: '1.5.2', build: '' },
  ],
  operatingSystem: 'Debian GNU/Linux 13',
  kernel: '6.12.40',
  storageDriver: 'overlay2',
  backingFileSystem: 'extfs',
  storageDir: '/var/lib/docker',
  rootDir: '/var/lib/docker',
  defaultRuntime: 'runc',
  securityOptions: ['name=apparmor', 'name=seccomp,profile=builtin', 'name=cgroupns'],
  missingLimits: [],
};

/** A machine with which nothing is wrong. */
export const healthy: Facts = {
  engine: { kind: 'answered', details: healthyEngine },
  workspace: { kind: 'suitable', root: '/srv/project' },
  overlayBlockers: { kind: 'known', value: [] },
  stateSpace: { kind: 'known', value: { dir: '/srv/state', freeBytes: 50 * GB } },
  engineSpace: { kind: 'known', value: { dir: '/var/lib/docker', freeBytes: 50 * GB } },
  images: {
    kind: 'known',
    value: {
      base: { tag: 'airlock-base:0123', present: true },
      sandbox: { tag: 'airlock-sandbox:4567', present: true },
      from: { reference: 'node:24@sha256:00', present: false },
    },
  },
};

export const unreached: Facts = {
  ...healthy,
  engine: {
    kind: 'failed',
    code: 'engine-missing',
    what: 'No container engine answers at /var/run/docker.sock.',
    nextStep: 'Start Docker.',
  },
  overlayBlockers: { kind: 'unknown', reason: 'the engine was not reached' },
  engineSpace: undefined,
  images: { kind: 'unknown', reason: 'the engine was not reached' },
};

/** What the check says of a machine whose engine differs from the healthy one so. */
export function judgeEngine(check: Check, changes: Partial<EngineDetails>): Verdict {
  return check.judge({ ...healthy, engine: { kind: 'answered', details: { ...healthyEngine, ...changes } } });
}
