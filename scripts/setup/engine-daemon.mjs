import { spawn } from 'node:child_process';
import { closeSync, existsSync, openSync } from 'node:fs';
import { mkdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { cacheRoot } from '../lib/paths.mjs';
import { cleanEnv, findProgram, run } from '../lib/run.mjs';

const READY_WITHIN_MS = 30_000;

/**
 * Ways to start the daemon, tried in this order: a kernel without nftables needs the legacy tables,
 * and one without either can still run containers, because the sandbox has no network.
 * @type {{name: string, args: string[], legacyTables?: boolean}[]}
 */
const ATTEMPTS = [
  { name: 'default settings', args: [] },
  { name: 'legacy iptables', args: [], legacyTables: true },
  { name: 'no container network', args: ['--iptables=false', '--bridge=none'] },
];

/**
 * Starts the Docker daemon and waits until it answers. A daemon that already runs is left alone.
 * @param {() => Promise<boolean>} answers
 * @param {import('../lib/log.mjs').Log} log
 */
export async function startDaemon(answers, log) {
  if (existsSync('/run/systemd/system')) {
    await run('systemctl', ['start', 'docker'], { timeoutMs: 60_000 });
    if (await waitFor(answers, READY_WITHIN_MS)) return;
  }
  if ((await runningPid('/var/run/docker.pid', 'dockerd')) !== undefined) {
    if (await waitFor(answers, READY_WITHIN_MS)) return;
    throw new Error(
      'A Docker daemon is running but does not answer on its socket. Restart it and try again.',
    );
  }
  await removeStaleState();
  const logFile = path.join(cacheRoot(), 'dockerd.log');
  for (const attempt of ATTEMPTS) {
    log.info(`starting dockerd (${attempt.name}), log in ${logFile}`);
    if (await tryStart(attempt, logFile, answers)) return;
    await removeStaleState();
  }
  const lines = (await readFile(logFile, 'utf8')).trimEnd().split('\n');
  const tail = lines
    .filter((line) => !line.includes('module=grpc'))
    .slice(-20)
    .join('\n');
  throw new Error(`dockerd was installed but did not start. The end of ${logFile}:\n${tail}`);
}

/**
 * @param {typeof ATTEMPTS[number]} attempt
 * @param {string} logFile
 * @param {() => Promise<boolean>} answers
 */
async function tryStart(attempt, logFile, answers) {
  await mkdir(path.dirname(logFile), { recursive: true });
  const env = cleanEnv({ PATH: await searchPath(attempt.legacyTables === true) });
  const output = openSync(logFile, 'w');
  const daemon = spawn(findProgram('dockerd') ?? 'dockerd', attempt.args, {
    detached: true,
    stdio: ['ignore', output, output],
    cwd: '/',
    env,
  });
  closeSync(output);
  let ended = false;
  daemon.on('error', () => {
    ended = true;
  });
  daemon.on('exit', () => {
    ended = true;
  });
  daemon.unref();
  if (daemon.pid) await writeFile(path.join(cacheRoot(), 'dockerd.pid'), `${daemon.pid}\n`);
  const ready = await waitFor(answers, READY_WITHIN_MS, () => ended);
  // Two scripts may start a daemon at the same time: one of them wins and serves both.
  if (ready || (ended && (await waitFor(answers, 5000)))) return true;
  if (!ended) daemon.kill('SIGTERM');
  await waitFor(async () => ended, 10_000);
  return false;
}

/** A PATH for the daemon in which `iptables` may be the legacy one, without changing the system. @param {boolean} legacy */
async function searchPath(legacy) {
  const usual = `${process.env.PATH ?? ''}:/usr/local/sbin:/usr/sbin:/sbin:/usr/bin:/bin`;
  if (!legacy) return usual;
  const folder = path.join(cacheRoot(), 'legacy-iptables');
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  for (const name of ['iptables', 'ip6tables']) {
    const program = findProgram(`${name}-legacy`);
    if (program) await symlink(program, path.join(folder, name));
  }
  return `${folder}:${usual}`;
}

/** After a power cut the pid files and sockets of the last boot are still there. */
async function removeStaleState() {
  const containerd = '/var/run/docker/containerd';
  if ((await runningPid('/var/run/docker.pid', 'dockerd')) !== undefined) return;
  await rm('/var/run/docker.pid', { force: true });
  await rm('/var/run/docker.sock', { force: true });
  if ((await runningPid(`${containerd}/containerd.pid`, 'containerd')) !== undefined) return;
  for (const name of [
    'containerd.pid',
    'containerd.sock',
    'containerd.sock.ttrpc',
    'containerd-debug.sock',
  ]) {
    await rm(path.join(containerd, name), { force: true });
  }
}

/** The process a pid file names, if it is alive and really is that program. @param {string} file @param {string} program */
async function runningPid(file, program) {
  const pid = Number.parseInt(await readFile(file, 'utf8').catch(() => ''), 10);
  if (!(pid > 0)) return undefined;
  const name = await readFile(`/proc/${pid}/comm`, 'utf8').catch(() => '');
  return name.trim() === program ? pid : undefined;
}

/**
 * @param {() => Promise<boolean>} condition
 * @param {number} withinMs
 * @param {() => boolean} [giveUp]
 */
async function waitFor(condition, withinMs, giveUp = () => false) {
  const end = Date.now() + withinMs;
  while (Date.now() < end) {
    if (await condition()) return true;
    if (giveUp()) return false;
    await sleep(100);
  }
  return false;
}
