import type { Attempt } from './attempt.js';
import { pythonAttempt } from './python.js';

/** Refused by the filter, and not for a wrong argument: those that get through answer with another error, or work. */
const REFUSED = `
def refused(call):
    ctypes.set_errno(0)
    try:
        result = call()
        code = ctypes.get_errno() if result == -1 else 0
    except OSError as error:
        code = error.errno
    report(code in (errno.EPERM, errno.ENOSYS), errno.errorcode.get(code, 'it worked'))
`;

/** Number of the call on x86-64 and on arm64, and its arguments: bad ones, which the kernel itself refuses otherwise. */
const calls: Readonly<Record<string, readonly [x64: number, arm64: number, args: string]>> = {
  io_uring_setup: [425, 425, '1, None'],
  io_uring_register: [427, 427, '-1, 0, None, 0'],
  userfaultfd: [323, 282, '0xffff'],
  request_key: [249, 218, 'None, None, None, 0'],
  ptrace: [101, 117, '0xffff, 0, None, None'],
  process_vm_readv: [310, 270, '0, None, 0, None, 0, 1'],
  process_vm_writev: [311, 271, '0, None, 0, None, 0, 1'],
  pidfd_getfd: [438, 438, '-1, -1, 0'],
  kcmp: [312, 272, 'os.getpid(), os.getpid(), 99, 0, 0'],
  name_to_handle_at: [303, 264, '-1, None, None, None, 0'],
  clone3: [435, 435, 'None, 0'],
  setns: [308, 268, '-1, 0'],
  personality_no_aslr: [135, 92, '0x0040000'],
  clone_new_user: [56, 220, '0x10000000, None, None, None, None'],
};

const families: Readonly<Record<string, string>> = {
  key: '15, 3, 2',
  netlink_audit: '16, 3, 9',
  netlink_netfilter: '16, 3, 12',
  packet: '17, 3, 0',
  tipc: '30, 5, 0',
  bluetooth: '31, 3, 1',
  alg: '38, 5, 0',
  vsock: '40, 1, 0',
  xdp: '44, 3, 0',
};

export const systemCallAttempts: readonly Attempt[] = [
  ...Object.entries(calls).map(([name, [x64, arm64, args]]) =>
    refusal(`seccomp.${name}`, `libc.syscall(${arm64} if arm else ${x64}, ${args})`),
  ),
  ...Object.entries(families).map(([name, args]) =>
    refusal(`seccomp.socket.${name}`, `libc.socket(${args})`),
  ),
];

function refusal(name: string, call: string): Attempt {
  return pythonAttempt(name, `${REFUSED}\nrefused(lambda: ${call})`);
}
