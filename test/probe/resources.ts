import type { Attempt, Finding } from './attempt.js';
import { execPython, pythonAttempt } from './python.js';

const MAX_FORKS = 5_000;
const BALLOON_MS = 60_000;

/** Forks until the kernel says no; every child is killed and waited for. */
export const forkBomb: Attempt = pythonAttempt(
  'limits.pids',
  `
import signal
children = []
detail = 'no limit within ${MAX_FORKS} processes'
blocked = False
try:
    while len(children) < ${MAX_FORKS}:
        pid = os.fork()
        if pid == 0:
            signal.pause()
            os._exit(0)
        children.append(pid)
except OSError as error:
    blocked = error.errno == errno.EAGAIN
    detail = '%s after %d processes' % (errno.errorcode.get(error.errno), len(children))
finally:
    for pid in children: os.kill(pid, signal.SIGKILL)
    for pid in children: os.waitpid(pid, 0)
report(blocked, detail)
`,
  60_000,
);

/** Fills memory up to twice the limit; whoever does that must be killed before. */
export function memoryBalloon(limitMb: number): Attempt {
  return { name: 'limits.memory', timeoutMs: BALLOON_MS + 5_000, run: () => inflate(limitMb) };
}

async function inflate(limitMb: number): Promise<Finding> {
  const body = `
parts = []
for step in range(${Math.ceil(limitMb / 8)}):
    parts.append(b'\\x01' * (16 * 1024 * 1024))
print('inflated')
`;
  const { output, signal } = await execPython(body, BALLOON_MS);
  if (output.includes('inflated')) return { blocked: false, detail: `${limitMb * 2} MB were given` };
  return {
    blocked: signal === 'SIGKILL' || output.includes('MemoryError'),
    detail: signal ?? output.slice(-200),
  };
}
