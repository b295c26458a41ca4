import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import Docker from 'dockerode';

const READY_MS = 60_000;

/** A Docker daemon of the test's own, with images, containers and a socket of its own; to be killed and started again. */
export interface OwnEngine {
  readonly socket: string;
  readonly docker: Docker;
  /** As a crash: SIGKILL to the daemon, which takes its containerd along; what runs in containers lives on. */
  kill(): Promise<void>;
  signal(name: 'SIGSTOP' | 'SIGCONT'): void;
  start(): Promise<void>;
  dispose(): Promise<void>;
}

/** Started, with the image of `tag` from the engine that the tests use. Needs root, as dockerd does. */
export async function startOwnEngine(tag: string, args: readonly string[] = []): Promise<OwnEngine> {
  const dir = await mkdtemp(join(tmpdir(), 'airlock-dockerd-'));
  const socket = join(dir, 'docker.sock');
  const docker = new Docker({ socketPath: socket });
  let daemon: ChildProcess | undefined;
  const pipes: Readable[] = [];
  let log = '';

  const start = async () => {
    await mkdir(join(dir, 'exec'), { recursive: true });
    await rm(join(dir, 'pid'), { force: true });
    await forgetContainerd(join(dir, 'exec'));
    const child = spawn(
      'unshare',
      [
        // A network of its own: told to have no bridge, it would remove the one of the machine's engine.
        ...['--net', 'dockerd'],
        ...[
          '--data-root',
          join(dir, 'data'),
          '--exec-root',
          join(dir, 'exec'),
          '--pidfile',
          join(dir, 'pid'),
        ],
        ...['-H', `unix://${socket}`, '--iptables=false', '--ip6tables=false', '--bridge=none', ...args],
      ],
      {
        stdio: ['ignore', 'ignore', 'pipe'],
        env: { ...process.env, PATH: `${process.env.PATH}:/usr/sbin:/sbin` },
      },
    );
    daemon = child;
    // What a container runs in holds it as well, and lives longer.
    pipes.push(child.stderr);
    child.stderr.on('data', (chunk: Buffer) => {
      log = (log + chunk.toString()).slice(-8_000);
    });
    const end = Date.now() + READY_MS;
    while (!(await answers(docker))) {
      if (child.exitCode !== null || Date.now() > end)
        throw new Error(
          `a dockerd of the test's own did not start; install docker.io and run as root:\n${log}`,
        );
      await delay(50);
    }
  };

  const kill = async (signal: NodeJS.Signals = 'SIGKILL') => {
    if (daemon === undefined || daemon.exitCode !== null || daemon.signalCode !== null) return;
    const ended = once(daemon, 'exit');
    daemon.kill(signal);
    await ended;
  };

  await start();
  const shared = new Docker();
  const bytes = await shared.getImage(tag).get();
  const loaded = await docker.loadImage(bytes);
  loaded.resume();
  await once(loaded, 'end');

  return {
    socket,
    docker,
    start,
    kill: () => kill(),
    signal: (name) => void daemon?.kill(name),
    dispose: async () => {
      daemon?.kill('SIGCONT');
      await kill('SIGTERM');
      await endRest(dir);
      for (const pipe of pipes) pipe.destroy();
      await rm(dir, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
    },
  };
}

async function answers(docker: Docker): Promise<boolean> {
  return docker.ping().then(
    () => true,
    () => false,
  );
}

/** Killed with its daemon, it may be a zombie that nobody waits for, which a new daemon takes for alive. */
async function forgetContainerd(exec: string): Promise<void> {
  const file = join(exec, 'containerd', 'containerd.pid');
  for (let tries = 0; tries < 100; tries += 1) {
    const pid = Number.parseInt(await readFile(file, 'utf8').catch(() => ''), 10);
    if (!(pid > 0)) return;
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
    if (stat === '' || /\) [ZX] /.test(stat)) return rm(file, { force: true });
    await delay(20);
  }
}

/** What outlived the daemon: containerd, its shims, and what they had mounted. */
async function endRest(dir: string): Promise<void> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid);
  for (const pid of pids) {
    const line = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
    if (/^(\S*\/)?containerd/.test(line) && line.includes(dir)) process.kill(Number(pid), 'SIGKILL');
  }
  const mounts = (await readFile('/proc/self/mounts', 'utf8'))
    .split('\n')
    .map((line) => line.split(' ')[1] ?? '');
  for (const path of mounts.filter((path) => path.startsWith(`${dir}/`)).reverse())
    await once(spawn('umount', ['--lazy', path], { stdio: 'ignore' }), 'exit');
}
