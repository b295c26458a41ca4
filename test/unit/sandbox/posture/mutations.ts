import type { ContainerFacts, ContainerSpec } from '../../../../src/sandbox/spec.js';
import { honestFacts, sampleSpec } from './sample.js';

/** One thing that is wrong. */
export interface Mutation {
  /** Asked for so, and honestly made so. */
  readonly asked?: Partial<ContainerSpec>;
  /** Made so by the engine, whatever was asked for. */
  readonly container?: Partial<ContainerFacts>;
}

const spec = sampleSpec();
const facts = honestFacts(spec);
const [volume, bind] = spec.mounts;
const [tmp, ...homes] = spec.tmpfs;
if (volume?.kind !== 'volume' || bind?.kind !== 'bind' || tmp === undefined)
  throw new Error('no such mounts');

const limits = (changes: Partial<ContainerSpec['limits']>) => ({ limits: { ...spec.limits, ...changes } });
const binding = (source: string) => ({ mounts: [volume, { ...bind, source }] });
const remounted = (change: Partial<ContainerFacts['mounts'][number]>) =>
  facts.mounts.map((mount) => (mount.kind === 'bind' ? { ...mount, ...change } : mount));
const temporary = (change: (options: string) => string) =>
  Object.fromEntries(Object.entries(facts.tmpfs).map(([target, options]) => [target, change(options)]));
const without = (paths: readonly string[] | undefined, path: string) =>
  (paths ?? []).filter((one) => one !== path);

/** For every rule what breaks it, and no other. A rule without an entry fails the test. */
export const mutations: Readonly<Record<string, readonly Mutation[]>> = {
  'CIS-4.1': [
    { asked: { user: '0:0' } },
    { asked: { user: '60001:0' } },
    { asked: { user: 'agent' } },
    { container: { user: '' } },
    { container: { user: '60002:60002' } },
  ],
  'CIS-4.8': [
    { container: { tmpfs: temporary((options) => options.replace('nosuid,', '')) } },
    { container: { tmpfs: temporary((options) => options.replace('nodev,', '')) } },
  ],
  'CIS-5.2': [
    { asked: { securityOpt: [...spec.securityOpt, 'apparmor=unconfined'] } },
    { container: { appArmorProfile: 'unconfined' } },
  ],
  'CIS-5.3': [{ asked: { securityOpt: [...spec.securityOpt, 'label=disable'] } }],
  'CIS-5.4-dropped': [{ container: { capDrop: [] } }, { container: { capDrop: ['NET_RAW'] } }],
  'CIS-5.4-added': [{ container: { capAdd: ['SYS_ADMIN'] } }],
  'CIS-5.5': [{ container: { privileged: true } }],
  'CIS-5.6': [
    { asked: binding('/') },
    { asked: binding('/var') },
    { asked: binding('/etc/ssh') },
    { asked: binding('/var/lib/docker/volumes') },
  ],
  'CIS-5.8': [{ container: { publishedPorts: ['80/tcp'] } }, { container: { publishedPorts: ['all'] } }],
  'CIS-5.9': [{ container: { exposedPorts: ['22/tcp'] } }],
  'CIS-5.10': [
    { container: { networkMode: 'host' } },
    { container: { networkMode: 'bridge' } },
    { container: { networkMode: 'container:abc' } },
  ],
  'CIS-5.11': [{ asked: limits({ memoryBytes: 0 }) }, { container: { memoryBytes: 2 ** 40 } }],
  'CIS-5.12': [{ asked: limits({ nanoCpus: 0 }) }, { container: { nanoCpus: 64e9 } }],
  'CIS-5.13': [{ container: { readOnlyRoot: false } }],
  'CIS-5.15': [{ container: { restartPolicy: 'always' } }, { container: { restartPolicy: 'on-failure' } }],
  'CIS-5.16': [{ container: { pidMode: 'host' } }, { container: { pidMode: 'container:abc' } }],
  'CIS-5.17': [{ container: { ipcMode: 'host' } }, { container: { ipcMode: 'shareable' } }],
  'CIS-5.18': [{ container: { devices: ['/dev/kvm'] } }],
  'CIS-5.19': [
    { container: { ulimits: {} } },
    { container: { ulimits: { ...facts.ulimits, core: { soft: 0, hard: -1 } } } },
    { asked: limits({ openFiles: -1 }) },
    { asked: limits({ fileBytes: 0 }) },
  ],
  'CIS-5.20': [
    { container: { mounts: remounted({ propagation: 'rshared' }) } },
    { container: { mounts: remounted({ propagation: 'rslave' }) } },
  ],
  'CIS-5.21': [{ container: { utsMode: 'host' } }],
  'CIS-5.22': [
    { asked: { securityOpt: ['no-new-privileges', 'seccomp=unconfined'] } },
    { asked: { securityOpt: [...spec.securityOpt, 'seccomp:unconfined'] } },
    { asked: { securityOpt: ['no-new-privileges', 'seccomp={"defaultAction":"SCMP_ACT_ALLOW"}'] } },
  ],
  'CIS-5.25': [{ container: { cgroupParent: '/system.slice' } }],
  'CIS-5.26': [{ asked: { securityOpt: [] } }, { asked: { securityOpt: ['no-new-privileges=false'] } }],
  'CIS-5.27': [{ container: { healthcheck: [] } }, { container: { healthcheck: ['CMD', '/evil'] } }],
  'CIS-5.28': [
    { container: { imageReference: 'airlock-sandbox:latest' } },
    { container: { imageReference: `airlock-sandbox@sha256:${'a'.repeat(64)}` } },
  ],
  'CIS-5.29': [
    { asked: limits({ pids: 0 }) },
    { asked: limits({ pids: -1 }) },
    { container: { pids: 9999 } },
  ],
  'CIS-5.30': [{ container: { networks: ['bridge'] } }, { container: { networks: ['none', 'mine'] } }],
  'CIS-5.31': [{ container: { usernsMode: 'host' } }],
  'CIS-5.32': [
    { asked: binding('/var/run/docker.sock') },
    { asked: binding('/run/user/1000/podman/podman.sock') },
    { asked: binding('/run/containerd/containerd.sock') },
  ],
  'OWASP-7-swap': [{ asked: limits({ memorySwapBytes: -1 }) }, { container: { memorySwapBytes: 2 ** 40 } }],
  'OWASP-12': [{ asked: { env: [...spec.env, 'ANTHROPIC_API_KEY=x'] } }, { asked: { env: ['token=x'] } }],
  'NSA-host-paths': [{ asked: { mounts: [volume, { ...bind, readOnly: false }] } }],
  'NSA-supplemental-groups': [{ container: { groupAdd: ['docker'] } }],
  'PSS-sysctls': [{ container: { sysctls: { 'net.ipv4.ip_forward': '1' } } }],
  'PSS-proc-masked': [
    { container: { maskedPaths: [] } },
    { container: { maskedPaths: without(facts.maskedPaths, '/proc/kcore') } },
  ],
  'PSS-proc-read-only': [
    { container: { readonlyPaths: [] } },
    { container: { readonlyPaths: without(facts.readonlyPaths, '/proc/sys') } },
  ],
  'AIRLOCK-image': [{ container: { image: `sha256:${'b'.repeat(64)}` } }],
  'AIRLOCK-entrypoint': [{ container: { entrypoint: ['/bin/sh'] } }, { container: { entrypoint: [] } }],
  'AIRLOCK-command': [{ container: { cmd: ['--inspect'] } }],
  'AIRLOCK-working-directory': [{ container: { cwd: '/workspace' } }],
  'AIRLOCK-hostname': [{ container: { hostname: 'build-server' } }],
  'AIRLOCK-init': [{ container: { init: false } }],
  'AIRLOCK-environment': [
    { container: { env: [] } },
    { container: { env: [...facts.env, 'LD_PRELOAD=/x.so'] } },
    { container: { env: [...facts.env, 'ANYTHING=1'] } },
    { container: { env: [...facts.env, 'NODE_VERSION=$(evil)'] } },
  ],
  'AIRLOCK-labels': [
    { container: { labels: {} } },
    { container: { labels: { ...facts.labels, 'dev.airlock.owner': 'other' } } },
    { container: { labels: { ...facts.labels, 'com.docker.compose.project': 'x' } } },
  ],
  'AIRLOCK-stop-signal': [{ container: { stopSignal: 'SIGCONT' } }, { container: { stopSignal: '' } }],
  'AIRLOCK-stdin': [
    { container: { stdin: { open: true, once: false, tty: false } } },
    { container: { stdin: { open: false, once: true, tty: false } } },
    { container: { stdin: { open: true, once: true, tty: true } } },
  ],
  'AIRLOCK-runtime': [{ asked: { runtime: 'runsc' }, container: { runtime: 'runc' } }],
  'AIRLOCK-log-driver': [{ container: { logDriver: 'json-file' } }],
  'AIRLOCK-auto-remove': [{ container: { autoRemove: true } }],
  'AIRLOCK-mounts': [
    { container: { mounts: [] } },
    { container: { mounts: remounted({ source: '/srv/other' }) } },
    { container: { mounts: facts.mounts.map((mount) => ({ ...mount, readOnly: true })) } },
    { container: { mounts: facts.mounts.map((mount) => ({ ...mount, kind: 'volume' })) } },
  ],
  'AIRLOCK-mount-targets': [{ asked: { mounts: [{ ...volume, target: '/usr/local/bin' }, bind] } }],
  'AIRLOCK-bind-sources': [
    { asked: binding('/state/../other') },
    { asked: binding('state') },
    { asked: binding('/state/') },
  ],
  'AIRLOCK-other-mounts': [{ container: { otherMounts: ['/srv:/srv'] } }],
  'AIRLOCK-image-volumes': [{ container: { imageVolumes: ['/data'] } }],
  'AIRLOCK-tmpfs': [
    { container: { tmpfs: {} } },
    { container: { tmpfs: temporary((options) => options.replace('noexec', 'exec')) } },
    { container: { tmpfs: temporary((options) => options.replace('mode=1777', 'mode=0777')) } },
  ],
  'AIRLOCK-tmpfs-size': [{ asked: { tmpfs: [{ ...tmp, bytes: 0 }, ...homes] } }],
  'AIRLOCK-storage-options': [{ container: { storageOptions: { size: '1T' } } }],
  'AIRLOCK-extra-hosts': [{ container: { extraHosts: ['host.docker.internal:host-gateway'] } }],
  'AIRLOCK-dns': [{ container: { dns: ['8.8.8.8'] } }],
  'AIRLOCK-links': [{ container: { links: ['/db:/x/db'] } }],
  'AIRLOCK-device-requests': [{ container: { deviceRequests: 1 } }],
  'AIRLOCK-device-rules': [{ container: { deviceCgroupRules: ['c 1:* rwm'] } }],
  'AIRLOCK-security-options': [{ container: { securityOpt: [...spec.securityOpt, 'systempaths=none'] } }],
  'AIRLOCK-shared-memory': [{ container: { shmBytes: 0 } }, { container: { shmBytes: 2 ** 40 } }],
  'AIRLOCK-oom-kill': [{ container: { oomKillDisable: true } }],
  'AIRLOCK-oom-score': [{ container: { oomScoreAdj: -1000 } }, { container: { oomScoreAdj: 500 } }],
  'AIRLOCK-shared-cgroup': [{ container: { cgroup: 'container:abc' } }],
};
