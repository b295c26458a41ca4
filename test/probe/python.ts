import { spawn } from 'node:child_process';
import type { Attempt, Finding } from './attempt.js';

const PRELUDE = `
import ctypes, errno, json, os, platform, socket, sys
libc = ctypes.CDLL(None, use_errno=True)
arm = platform.machine() == 'aarch64'
def check(result):
    if result == -1:
        code = ctypes.get_errno()
        raise OSError(code, os.strerror(code))
def report(blocked, detail):
    print(json.dumps({'blocked': blocked, 'detail': detail})); sys.stdout.flush()
def attempt(call):
    try:
        call()
        report(False, 'it worked')
    except OSError as error:
        report(True, errno.errorcode.get(error.errno, str(error.errno)))
    except ValueError as error:
        report('not allowed' in str(error), str(error))
`;

/** Node cannot make these system calls itself. `body` is Python that ends in one \`report\` or \`attempt\`. */
export function pythonAttempt(name: string, body: string, timeoutMs = 10_000): Attempt {
  return { name, timeoutMs: timeoutMs + 1_000, run: () => runPython(body, timeoutMs) };
}

/** An attempt at one call, e.g. \`check(libc.chroot(b"/"))\`. */
export function pythonCall(name: string, call: string): Attempt {
  return pythonAttempt(name, `attempt(lambda: ${call})`);
}

export interface PythonEnd {
  readonly output: string;
  readonly exitCode: number | null;
  readonly signal: string | null;
}

export function execPython(body: string, timeoutMs: number): Promise<PythonEnd> {
  return new Promise((resolve, reject) => {
    const child = spawn('/usr/bin/python3', ['-c', PRELUDE + body], { stdio: ['ignore', 'pipe', 'pipe'] });
    const timer = setTimeout(() => child.kill('SIGKILL'), timeoutMs);
    let output = '';
    const collect = (chunk: Buffer) => {
      if (output.length < 10_000) output += chunk.toString();
    };
    child.stdout.on('data', collect);
    child.stderr.on('data', collect);
    child.once('error', reject);
    child.once('close', (exitCode, signal) => {
      clearTimeout(timer);
      resolve({ output, exitCode, signal });
    });
  });
}

async function runPython(body: string, timeoutMs: number): Promise<Finding> {
  const { output, signal } = await execPython(body, timeoutMs);
  const line = output.split('\n').find((text) => text.startsWith('{'));
  if (line !== undefined) return JSON.parse(line);
  // SIGSYS: the seccomp filter killed it.
  return { blocked: signal === 'SIGSYS', detail: `${signal ?? ''} ${output.slice(-300)}`.trim() };
}
