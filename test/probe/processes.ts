import { readdirSync, readFileSync, readlinkSync, statSync } from 'node:fs';
import { type Attempt, type Finding, failing } from './attempt.js';
import { execPython } from './python.js';

/** What one uid must not do to a process of another: the agent to the tool proxy, a tool to the bridge. */
export const processAttempts: readonly Attempt[] = [
  onOthers('process.environ', (pid) => readFileSync(`/proc/${pid}/environ`)),
  onOthers('process.mem', (pid) => readFileSync(`/proc/${pid}/mem`)),
  onOthers('process.maps', (pid) => readFileSync(`/proc/${pid}/maps`)),
  onOthers('process.cwd', (pid) => readlinkSync(`/proc/${pid}/cwd`)),
  onOthers('process.root', (pid) => readdirSync(`/proc/${pid}/root`)),
  onOthers('process.fd', (pid) => readdirSync(`/proc/${pid}/fd`)),
  // Signal 0 asks for the permission and does nothing.
  onOthers('process.signal', (pid) => process.kill(pid, 0)),
  ...['ptrace-attach', 'ptrace-seize', 'vm-read'].map(
    (what): Attempt => ({ name: `process.${what}`, run: () => traceOthers(what) }),
  ),
];

function onOthers(name: string, call: (pid: number) => unknown): Attempt {
  return { name, run: () => judge(listOthers().map((pid) => ({ pid, ...failing(() => call(pid)) }))) };
}

const TRACE: Readonly<Record<string, (pid: number) => string>> = {
  'ptrace-attach': (pid) => `check(libc.ptrace(16, ${pid}, None, None))`,
  'ptrace-seize': (pid) => `check(libc.ptrace(0x4206, ${pid}, None, None))`,
  'vm-read': (pid) =>
    `check(libc.process_vm_readv(${pid}, (ctypes.c_void_p * 2)(), 1, (ctypes.c_void_p * 2)(), 1, 0))`,
};

async function traceOthers(what: string): Promise<Finding> {
  const findings = [];
  for (const pid of listOthers()) {
    const { output } = await execPython(`attempt(lambda: ${TRACE[what]?.(pid)})`, 5_000);
    findings.push({ pid, ...JSON.parse(output) });
  }
  return judge(findings);
}

function judge(findings: ReadonlyArray<Finding & { readonly pid: number }>): Finding {
  if (findings.length === 0)
    return { blocked: false, detail: 'there is no process of another user to try on' };
  return {
    blocked: findings.every((finding) => finding.blocked),
    detail: findings
      .map(({ pid, detail }) => `${pid}: ${detail}`)
      .join(', ')
      .slice(0, 500),
  };
}

function listOthers(): readonly number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && ownerOf(name) !== process.getuid?.())
    .map(Number);
}

function ownerOf(pid: string): number | undefined {
  return statSync(`/proc/${pid}`, { throwIfNoEntry: false })?.uid ?? process.getuid?.();
}
