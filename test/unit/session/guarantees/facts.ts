import type { SelfTestFacts } from '../../../../src/protocol/self-test.js';
import { buildSpec } from '../../../../src/sandbox/build-spec.js';
import type { SelfTestCase } from '../../../../src/session/guarantees/guarantee.js';

const MB = 1024 * 1024;

const status = (uid: number) =>
  [
    'Name:\tnode',
    `Uid:\t${uid}\t${uid}\t${uid}\t${uid}`,
    `Gid:\t${uid}\t${uid}\t${uid}\t${uid}`,
    `Groups:\t${uid} `,
    ...['CapInh', 'CapPrm', 'CapEff', 'CapBnd', 'CapAmb'].map((set) => `${set}:\t0000000000000000`),
    'NoNewPrivs:\t1',
    'Seccomp:\t2',
    'Seccomp_filters:\t1',
  ].join('\n');

const processLimits = `Limit                     Soft Limit           Hard Limit           Units
Max file size             2147483648           2147483648           bytes
Max core file size        0                    0                    bytes
Max open files            16384                16384                files
`;

const mountinfo = `78 53 0:39 / / ro,relatime master:2 - overlay overlay rw
79 78 0:42 / /proc rw,nosuid,nodev,noexec,relatime - proc proc rw
80 78 0:43 / /dev rw,nosuid - tmpfs tmpfs rw,size=65536k,mode=755
96 78 254:0 /volume /workspace rw,relatime master:1 - ext4 /dev/vda rw
97 78 0:48 / /tmp rw,nosuid,nodev,noexec,relatime - tmpfs tmpfs rw
98 78 254:0 /resolv.conf /etc/resolv.conf ro,relatime - ext4 /dev/vda rw
`;

/** As the agent's user of a sandbox on Docker with control groups of version 1. */
export function soundFacts(): SelfTestFacts {
  return {
    files: {
      '/proc/self/status': status(60001),
      '/proc/self/limits': processLimits,
      '/proc/self/mountinfo': mountinfo,
      '/proc/net/route': 'Iface\tDestination\n',
      '/sys/fs/cgroup/memory/memory.limit_in_bytes': `${512 * MB}\n`,
      '/sys/fs/cgroup/memory/memory.memsw.limit_in_bytes': `${512 * MB}\n`,
      '/sys/fs/cgroup/pids/pids.max': '256\n',
      '/sys/fs/cgroup/cpu/cpu.cfs_quota_us': '200000\n',
      '/sys/fs/cgroup/cpu/cpu.cfs_period_us': '100000\n',
    },
    attempts: {
      tcp4: 'ENETUNREACH',
      udp4: 'ENETUNREACH',
      udp6: 'EADDRNOTAVAIL',
      '/': 'EROFS',
      '/etc': 'EROFS',
      '/usr': 'EROFS',
      '/proc/sys/kernel/core_pattern': 'EACCES',
      '/sys/kernel/uevent_helper': 'ENOENT',
      '/workspace': 'EACCES',
      '/run/airlock/upper': 'EACCES',
      'other-processes': 'EACCES',
      '/var/run/docker.sock': 'ENOENT',
      '/run/docker.sock': 'ENOENT',
      '/run/containerd/containerd.sock': 'ENOENT',
    },
    interfaces: ['lo'],
    sizes: { '/tmp': 128 * MB, '/home/agent': 128 * MB, '/dev/shm': 64 * MB },
    timerMs: 3.4,
    tookMs: 6,
  };
}

export function askedOfAgent(): SelfTestCase {
  const spec = buildSpec({
    sessionId: 's',
    owner: '',
    version: '',
    image: 'i',
    env: [],
    runtime: undefined,
    runnerUid: 1000,
    runnerGid: 1000,
    limits: {
      memoryBytes: 512 * MB,
      memorySwapBytes: 512 * MB,
      nanoCpus: 2e9,
      pids: 256,
      openFiles: 16_384,
      fileBytes: 2048 * MB,
      tmpBytes: 128 * MB,
      homeBytes: 128 * MB,
    },
    mounts: [
      { kind: 'volume', name: 'v', target: '/workspace', readOnly: false, seedFromImage: true },
      { kind: 'bind', source: '/u', target: '/run/airlock/upper', readOnly: true },
    ],
  });
  return {
    principal: 'agent',
    uid: 60001,
    gid: 60001,
    spec,
    runtime: 'runc',
    hidesWorkspace: true,
    hostMs: 50,
  };
}
