import { refusedSyscalls } from './refused.js';
import { allowedSyscalls } from './syscalls.js';

/** Which filter of system calls the container gets: ours, or the engine's own default, for what ours refuses. */
export type SeccompChoice = 'airlock' | 'engine';

const EPERM = 1;
const ENOSYS = 38;

/** CLONE_NEW* of <linux/sched.h>: NEWNS, NEWCGROUP, NEWUTS, NEWIPC, NEWUSER, NEWPID, NEWNET. */
const NEW_NAMESPACES = 0x7e020000;

/** <linux/socket.h>. No raw, packet, vsock, crypto or other family: each is a way into the kernel of its own. */
const families = { unix: 1, inet: 2, inet6: 10, netlink: 16 } as const;
const NETLINK_ROUTE = 0;

/** Personalities of a usual Linux program, and the question for it: execution domains are no way around ASLR. */
const personalities = [0x0, 0x0008, 0x20000, 0x20008, 0xffffffff] as const;

interface Argument {
  readonly index: number;
  readonly value: number;
  readonly valueTwo?: number;
  readonly op: 'SCMP_CMP_EQ' | 'SCMP_CMP_MASKED_EQ';
}

interface SyscallRule {
  readonly names: readonly string[];
  readonly action: 'SCMP_ACT_ALLOW' | 'SCMP_ACT_ERRNO';
  readonly args?: readonly Argument[];
  readonly errnoRet?: number;
}

/**
 * A profile in the engine's format (https://docs.docker.com/engine/security/seccomp/). Only the machine's native
 * calls: no 32-bit and no x32 ones. The engine needs `errnoRet` (Docker Engine 20.10.10): without it `clone3` is
 * refused in the wrong way and nothing starts.
 */
export function buildSeccompProfile(): object {
  const syscalls: readonly SyscallRule[] = [
    { names: allowedSyscalls, action: 'SCMP_ACT_ALLOW' },
    allowIf('clone', { index: 0, value: NEW_NAMESPACES, valueTwo: 0, op: 'SCMP_CMP_MASKED_EQ' }),
    // Its flags lie in memory, where no filter can look: the C library falls back to clone.
    { names: ['clone3'], action: 'SCMP_ACT_ERRNO', errnoRet: ENOSYS },
    ...[families.unix, families.inet, families.inet6].map((family) => allowIf('socket', equals(0, family))),
    // What lists the interfaces, as Node's os.networkInterfaces() and getaddrinfo(3) do.
    allowIf('socket', equals(0, families.netlink), equals(2, NETLINK_ROUTE)),
    ...personalities.map((persona) => allowIf('personality', equals(0, persona))),
    { names: refusedSyscalls, action: 'SCMP_ACT_ERRNO', errnoRet: EPERM },
  ];
  return {
    defaultAction: 'SCMP_ACT_ERRNO',
    defaultErrnoRet: ENOSYS,
    archMap: [
      { architecture: 'SCMP_ARCH_X86_64', subArchitectures: [] },
      { architecture: 'SCMP_ARCH_AARCH64', subArchitectures: [] },
    ],
    syscalls,
  };
}

/** What the engine is asked for; the same text each time, so that it can be compared with what it says it did. */
export function securityOptions(choice: SeccompChoice): readonly string[] {
  return choice === 'engine'
    ? ['no-new-privileges']
    : ['no-new-privileges', `seccomp=${JSON.stringify(buildSeccompProfile())}`];
}

/** Which of them the options ask for. */
export function seccompOf(options: readonly string[]): SeccompChoice {
  return options.some((option) => option.startsWith('seccomp=')) ? 'airlock' : 'engine';
}

function allowIf(name: string, ...args: readonly Argument[]): SyscallRule {
  return { names: [name], action: 'SCMP_ACT_ALLOW', args };
}

function equals(index: number, value: number): Argument {
  return { index, value, op: 'SCMP_CMP_EQ' };
}
