import {
  accessSync,
  closeSync,
  constants,
  openSync,
  readdirSync,
  readFileSync,
  statfsSync,
  statSync,
} from 'node:fs';
import { networkInterfaces } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import { type SelfTestFacts, selfTestAttempts, selfTestTimerMs } from '../../protocol/self-test.js';
import { tryNetwork } from './try-network.js';

const MAX_CHARS = 256 * 1024;
const MAX_PROCESSES = 64;
const FILES = [
  '/proc/self/status',
  '/proc/self/limits',
  '/proc/self/mountinfo',
  '/proc/net/route',
  '/sys/fs/cgroup/memory.max',
  '/sys/fs/cgroup/memory.swap.max',
  '/sys/fs/cgroup/pids.max',
  '/sys/fs/cgroup/cpu.max',
  '/sys/fs/cgroup/memory/memory.limit_in_bytes',
  '/sys/fs/cgroup/memory/memory.memsw.limit_in_bytes',
  '/sys/fs/cgroup/pids/pids.max',
  '/sys/fs/cgroup/cpu/cpu.cfs_quota_us',
  '/sys/fs/cgroup/cpu/cpu.cfs_period_us',
];
const MEMORY_FILE_SYSTEMS = ['/tmp', '/home/agent', '/home/runner', '/dev/shm'];

/** Looks at this process's own sandbox, in some milliseconds and without starting anything. */
export async function collectFacts(): Promise<SelfTestFacts> {
  const start = performance.now();
  const timer = delay(selfTestTimerMs).then(() => performance.now() - start);
  const network = tryNetwork();
  const files = read(FILES, (path) => readFileSync(path, 'latin1').slice(0, MAX_CHARS));
  const sizes = read(MEMORY_FILE_SYSTEMS, (path) => {
    const { blocks, bsize } = statfsSync(path);
    return blocks * bsize;
  });
  const attempts = {
    // Asked of the kernel and not done, so that nothing is left where it would succeed.
    ...attemptEach(selfTestAttempts.folders, (path) => accessSync(path, constants.W_OK)),
    ...attemptEach(selfTestAttempts.settings, (path) => closeSync(openSync(path, constants.O_WRONLY))),
    ...attemptEach(selfTestAttempts.sockets, (path) => statSync(path)),
    ...attemptEach(selfTestAttempts.workspace, (path) => readdirSync(path)),
    [selfTestAttempts.processes]: lookIntoOthers(),
    ...(await network),
  };
  const timerMs = await timer;
  return {
    files,
    attempts,
    interfaces: Object.keys(networkInterfaces()),
    sizes,
    timerMs,
    tookMs: performance.now() - start,
  };
}

/** `none` where nobody else runs anything; otherwise the worst that became of reading their environments. */
function lookIntoOthers(): string {
  let outcome = 'none';
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  const folders = pids.slice(0, MAX_PROCESSES).map((pid) => `/proc/${pid}`);
  // One that ended meanwhile is missing here.
  const owners = read(folders, (folder) => statSync(folder).uid);
  for (const [folder, owner] of Object.entries(owners)) {
    if (owner === process.getuid?.()) continue;
    const found = attempt(() => readFileSync(`${folder}/environ`));
    if (outcome !== 'ok' && found !== 'ENOENT' && found !== 'ESRCH') outcome = found;
  }
  return outcome;
}

/** A path that cannot be read is missing in the result, which the host sees. */
function read<T>(paths: readonly string[], reader: (path: string) => T): Record<string, T> {
  const found: Record<string, T> = {};
  for (const path of paths) {
    attempt(() => {
      found[path] = reader(path);
    });
  }
  return found;
}

function attemptEach(paths: readonly string[], action: (path: string) => unknown): Record<string, string> {
  return Object.fromEntries(paths.map((path) => [path, attempt(() => action(path))]));
}

function attempt(action: () => unknown): string {
  try {
    action();
    return 'ok';
  } catch (error) {
    return error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
  }
}
