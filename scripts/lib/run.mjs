import { spawn } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import path from 'node:path';
import { endGroup } from './process-group.mjs';

const KEPT_OUTPUT = 64 * 1024;
const SYSTEM_FOLDERS = ['/usr/local/sbin', '/usr/local/bin', '/usr/sbin', '/usr/bin', '/sbin', '/bin'];

/**
 * @typedef {{
 *   cwd?: string, env?: NodeJS.ProcessEnv, timeoutMs?: number, live?: boolean,
 *   onLine?: (line: string) => void, stop?: AbortSignal,
 * }} RunOptions
 * @typedef {{code: number, output: string, stdout: string, timedOut: boolean}} RunResult
 */

/**
 * Runs a program to its end without throwing on a bad exit. `output` is the tail of both streams.
 * It is killed when this process exits; `stop` asks it to end by itself.
 * @param {string} command
 * @param {string[]} args
 * @param {RunOptions} [options]
 * @returns {Promise<RunResult>}
 */
export function tryRun(command, args, options = {}) {
  const { cwd, env = cleanEnv(), timeoutMs = 10 * 60_000, live = false, onLine, stop } = options;
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    let stdout = '';
    let rest = '';
    let timedOut = false;
    const timer = setTimeout(() => {
      timedOut = true;
      endGroup(child.pid);
    }, timeoutMs);
    const forget = endWithParent(child.pid);
    stop?.addEventListener('abort', () => endGroup(child.pid, 'SIGTERM'), { once: true });
    child.stdout.setEncoding('utf8').on('data', (/** @type {string} */ text) => {
      if (live) process.stdout.write(text);
      output = (output + text).slice(-KEPT_OUTPUT);
      stdout = (stdout + text).slice(-KEPT_OUTPUT * 16);
      if (!onLine) return;
      const lines = (rest + text).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) onLine(line);
    });
    child.stderr.setEncoding('utf8').on('data', (/** @type {string} */ text) => {
      if (live) process.stderr.write(text);
      output = (output + text).slice(-KEPT_OUTPUT);
    });
    const finish = () => {
      clearTimeout(timer);
      forget();
    };
    child.on('error', (error) => {
      finish();
      reject(error);
    });
    child.on('close', (code) => {
      finish();
      if (rest && onLine) onLine(rest);
      resolve({ code: code ?? 128, output, stdout, timedOut });
    });
  });
}

/**
 * Like tryRun, but a bad exit is an error that shows the end of the output.
 * @param {string} command
 * @param {string[]} args
 * @param {RunOptions} [options]
 */
export async function run(command, args, options) {
  const result = await tryRun(command, args, options);
  if (result.code === 0 && !result.timedOut) return result;
  const how = result.timedOut ? 'did not end in time' : `ended with exit code ${result.code}`;
  const tail = result.output.trimEnd().split('\n').slice(-25).join('\n');
  throw new Error(`${command} ${args.join(' ')} ${how}:\n${tail}`);
}

/** Full path of a program on PATH or in the system's folders. @param {string} name */
export function findProgram(name) {
  const folders = [...(process.env.PATH ?? '').split(path.delimiter), ...SYSTEM_FOLDERS];
  for (const folder of folders) {
    const file = path.join(folder, name);
    try {
      accessSync(file, constants.X_OK);
      return file;
    } catch {
      // Not in this folder: look in the next one.
    }
  }
  return undefined;
}

/**
 * The environment for child processes. `npm_config_nodedir` may point at another Node version's
 * headers, and settings inherited from an outer `npm run` must not steer an inner npm.
 * @param {NodeJS.ProcessEnv} [extra]
 */
export function cleanEnv(extra = {}) {
  const env = { ...process.env, ...extra };
  for (const name of Object.keys(env)) {
    if (/^npm_(config_(nodedir|prefix|global_prefix|local_prefix)|package_|lifecycle_)/.test(name))
      delete env[name];
  }
  return env;
}

/** @param {number | undefined} pid */
function endWithParent(pid) {
  const onExit = () => endGroup(pid);
  process.once('exit', onExit);
  return () => process.removeListener('exit', onExit);
}
