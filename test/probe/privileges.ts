import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import type { Attempt, Finding } from './attempt.js';
import { pythonCall } from './python.js';

const CLONE = { newns: '0x00020000', newuser: '0x10000000', newnet: '0x40000000', newpid: '0x20000000' };

export const privilegeAttempts: readonly Attempt[] = [
  {
    name: 'status.uid',
    run: () => ({ blocked: process.getuid?.() !== 0, detail: `uid ${process.getuid?.()}` }),
  },
  { name: 'status.groups', run: noRootGroup },
  ...['CapInh', 'CapPrm', 'CapEff', 'CapBnd', 'CapAmb'].map((field) => expectStatus(field, /^0+$/)),
  expectStatus('NoNewPrivs', /^1$/),
  expectStatus('Seccomp', /^2$/),
  { name: 'files.set-id', run: noSetIdFiles, timeoutMs: 60_000 },
  pythonCall('socket.raw', 'socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_ICMP)'),
  pythonCall('socket.packet', 'socket.socket(socket.AF_PACKET, socket.SOCK_RAW, 0)'),
  pythonCall('socket.low-port-on-other-address', 'socket.create_server(("192.0.2.1", 80))'),
  pythonCall('mount.tmpfs', 'check(libc.mount(b"none", b"/tmp", b"tmpfs", 0, None))'),
  pythonCall('mount.proc', 'check(libc.mount(b"proc", b"/tmp", b"proc", 0, None))'),
  pythonCall('mount.remount-root', 'check(libc.mount(b"", b"/", b"", 0x20, None))'),
  pythonCall('mount.umount', 'check(libc.umount2(b"/proc", 2))'),
  ...Object.entries(CLONE).map(([name, flag]) =>
    pythonCall(`unshare.${name}`, `check(libc.unshare(${flag}))`),
  ),
  pythonCall('unshare.user-and-mount', `check(libc.unshare(${CLONE.newuser} | ${CLONE.newns}))`),
  pythonCall('setns.init', 'check(libc.setns(os.open("/proc/1/ns/mnt", os.O_RDONLY), 0))'),
  pythonCall('mknod.character', 'os.mknod("/tmp/airlock-probe-null", 0o020600, os.makedev(1, 1))'),
  pythonCall('mknod.block', 'os.mknod("/tmp/airlock-probe-disk", 0o060600, os.makedev(8, 0))'),
  pythonCall('setuid.root', 'os.setuid(0)'),
  pythonCall('setuid.other', 'os.setresuid(60001 if os.getuid() != 60001 else 1000, -1, -1)'),
  pythonCall('setgid.root', 'os.setgid(0)'),
  pythonCall('setgroups', 'os.setgroups([0])'),
  pythonCall('chroot', 'os.chroot("/tmp")'),
  pythonCall('chown', 'os.chown("/tmp", 0, 0)'),
  pythonCall('sethostname', 'socket.sethostname("probe")'),
  pythonCall('keyctl', 'check(libc.syscall(219 if arm else 250, 0, -3, 0, 0, 0))'),
  pythonCall('add_key', 'check(libc.syscall(217 if arm else 248, b"user", b"airlock", b"x", 1, -3))'),
  pythonCall('bpf', 'check(libc.syscall(280 if arm else 321, 0, b"\\0" * 128, 128))'),
  pythonCall('perf_event_open', 'check(libc.syscall(241 if arm else 298, b"\\0" * 128, 0, -1, -1, 0))'),
  pythonCall('init_module', 'check(libc.init_module(b"", 0, b""))'),
  pythonCall('open_by_handle_at', 'check(libc.open_by_handle_at(0, b"\\0" * 128, 0))'),
  pythonCall('settimeofday', '__import__("time").clock_settime(0, __import__("time").time())'),
  pythonCall('nice', 'os.setpriority(os.PRIO_PROCESS, 0, -10)'),
  pythonCall(
    'rlimit.raise',
    '__import__("resource").setrlimit(__import__("resource").RLIMIT_NOFILE, (1 << 21, 1 << 21))',
  ),
];

function expectStatus(field: string, expected: RegExp): Attempt {
  return { name: `status.${field}`, run: () => readStatus(field, expected) };
}

function readStatus(field: string, expected: RegExp): Finding {
  const value = new RegExp(`^${field}:\\s*(\\S*)$`, 'm').exec(readFileSync('/proc/self/status', 'utf8'))?.[1];
  return { blocked: value !== undefined && expected.test(value), detail: value ?? 'not shown' };
}

function noRootGroup(): Finding {
  const groups = [process.getgid?.(), ...(process.getgroups?.() ?? [])];
  return { blocked: !groups.includes(0), detail: groups.join(' ') };
}

/** `no-new-privileges` makes them harmless; the image has none all the same. */
function noSetIdFiles(): Finding {
  const { stdout } = spawnSync('find', ['/', '-xdev', '-type', 'f', '-perm', '/6000'], {
    encoding: 'utf8',
    timeout: 50_000,
  });
  return {
    blocked: stdout.trim() === '',
    detail: stdout.trim().replaceAll('\n', ' ').slice(0, 300) || 'none',
  };
}
