import { buildSpec } from '../../../../src/sandbox/build-spec.js';
import { toCreateOptions } from '../../../../src/sandbox/docker/create-options.js';
import { toAskedFacts } from '../../../../src/sandbox/docker/facts.js';
import { labels } from '../../../../src/sandbox/labels.js';
import type { ContainerFacts, ContainerSpec } from '../../../../src/sandbox/spec.js';

export function sampleSpec(): ContainerSpec {
  return buildSpec({
    sessionId: 'abc123',
    owner: 'host:1:2',
    version: '0.1.0',
    image: `sha256:${'a'.repeat(64)}`,
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

/** What an honest engine reports of it: what it was sent, with what it adds by itself. */
export function honestFacts(spec: ContainerSpec): ContainerFacts {
  const sent = toAskedFacts(toCreateOptions(spec));
  return {
    ...sent,
    env: [...sent.env, 'NODE_VERSION=24.21.0'],
    labels: {
      ...sent.labels,
      'org.opencontainers.image.title': 'x',
      'desktop.docker.io/binds/0/Source': '/state/upper',
      [labels.contentHash]: 'y',
    },
    networks: ['none'],
    runtime: spec.runtime ?? 'runc',
    maskedPaths: [
      ...['/proc/asound', '/proc/acpi', '/proc/kcore', '/proc/keys', '/proc/latency_stats'],
      ...['/proc/timer_list', '/proc/timer_stats', '/proc/sched_debug', '/proc/scsi', '/sys/firmware'],
    ],
    readonlyPaths: ['/proc/bus', '/proc/fs', '/proc/irq', '/proc/sys', '/proc/sysrq-trigger'],
  };
}
