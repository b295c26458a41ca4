import * as fs from 'node:fs';
import { type Attempt, codeOf, expectFailure, type Finding } from './attempt.js';

const ROOT_FOLDERS = [
  '/',
  '/etc',
  '/usr',
  '/usr/local/bin',
  '/opt/airlock',
  '/run',
  '/run/airlock',
  '/var',
  '/var/tmp',
  '/root',
  '/home',
  '/dev',
  '/lib',
];
/** What the sandbox means to be writable, each for one uid or of bounded size. */
const WRITABLE = ['/tmp', '/home/runner', '/home/agent', '/workspace', '/dev/shm', '/dev/mqueue'];
const ENGINE_SOCKETS = [
  '/var/run/docker.sock',
  '/run/docker.sock',
  '/run/containerd/containerd.sock',
  '/run/podman/podman.sock',
];
/** Opened for writing only: an open that works proves enough and changes nothing. */
const KERNEL_WRITES = [
  '/dev/mem',
  '/dev/kmem',
  '/dev/port',
  '/proc/sysrq-trigger',
  '/proc/sys/kernel/core_pattern',
  '/proc/sys/kernel/modprobe',
  '/proc/sys/vm/overcommit_memory',
  '/sys/kernel/uevent_helper',
  '/sys/power/state',
];
const KERNEL_READS = [
  '/dev/mem',
  '/dev/kmsg',
  '/proc/kcore',
  '/proc/kmsg',
  '/sys/firmware/dmi/tables/DMI',
  '/dev/sda',
  '/dev/vda',
  '/dev/nvme0n1',
  '/dev/loop0',
  '/dev/fuse',
  '/dev/kvm',
  '/dev/net/tun',
];

export const fileAttempts: readonly Attempt[] = [
  ...ROOT_FOLDERS.map((dir) => expectFailure(`rootfs.create ${dir}`, () => createIn(dir))),
  expectFailure('rootfs.overwrite /etc/passwd', () => fs.openSync('/etc/passwd', 'r+')),
  expectFailure('rootfs.overwrite proxy', () => fs.openSync('/opt/airlock/tool-proxy.js', 'r+')),
  expectFailure('rootfs.overwrite node', () => fs.openSync(process.execPath, 'r+')),
  expectFailure('rootfs.chmod /etc', () => fs.chmodSync('/etc', 0o777)),
  { name: 'rootfs.mounts', run: onlyMeantMounts },
  ...KERNEL_WRITES.map((path) =>
    expectFailure(`kernel.write ${path}`, () => fs.openSync(path, fs.constants.O_WRONLY)),
  ),
  expectFailure('kernel.write uid_map', () => fs.writeFileSync('/proc/self/uid_map', '0 0 1')),
  ...KERNEL_READS.map((path) => expectFailure(`kernel.read ${path}`, () => readSome(path))),
  ...ENGINE_SOCKETS.map((path) => expectFailure(`engine.socket ${path}`, () => fs.statSync(path))),
];

/** What an agent uid must not see; the tool proxy's uid may. */
export const agentFileAttempts: readonly Attempt[] = [
  expectFailure('workspace.list', () => fs.readdirSync('/workspace')),
  expectFailure('workspace.stat', () => fs.statSync('/workspace/.')),
  expectFailure('workspace.read', () => fs.readFileSync('/workspace/package.json')),
  expectFailure('workspace.write', () => createIn('/workspace')),
  expectFailure('workspace.chmod', () => fs.chmodSync('/workspace', 0o777)),
  expectFailure('workspace.chdir', () => process.chdir('/workspace')),
  expectFailure('upper.list', () => fs.readdirSync('/run/airlock/upper')),
  expectFailure('upper.stat', () => fs.statSync('/run/airlock/upper/.')),
  expectFailure('runner-home.list', () => fs.readdirSync('/home/runner')),
  expectFailure('runner-home.write', () => createIn('/home/runner')),
];

/** What the tools must not see: the agent's own files, its token among them. */
export const runnerFileAttempts: readonly Attempt[] = [
  expectFailure('agent-home.list', () => fs.readdirSync('/home/agent')),
  expectFailure('agent-home.stat', () => fs.statSync('/home/agent/.')),
  expectFailure('agent-home.write', () => createIn('/home/agent')),
  expectFailure('upper.write', () => createIn('/run/airlock/upper')),
];

function createIn(dir: string): void {
  const path = `${dir === '/' ? '' : dir}/airlock-probe-${process.pid}`;
  fs.closeSync(fs.openSync(path, 'wx'));
  fs.unlinkSync(path);
}

function readSome(path: string): void {
  const fd = fs.openSync(path, fs.constants.O_RDONLY | fs.constants.O_NONBLOCK);
  try {
    fs.readSync(fd, Buffer.alloc(16));
  } finally {
    fs.closeSync(fd);
  }
}

function onlyMeantMounts(): Finding {
  const points = fs
    .readFileSync('/proc/self/mounts', 'utf8')
    .trim()
    .split('\n')
    .map((line) => line.split(' ')[1] ?? '');
  const wrong = points.filter((point) => !WRITABLE.includes(point) && canCreate(point));
  return {
    blocked: wrong.length === 0,
    detail: wrong.join(' ') || `${points.length} mounts, none writable that should not be`,
  };
}

function canCreate(dir: string): boolean {
  try {
    createIn(dir);
    return true;
  } catch (error) {
    // Any refusal will do, but it has to be one.
    return codeOf(error) === '';
  }
}
