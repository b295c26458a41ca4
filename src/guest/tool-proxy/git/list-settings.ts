import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { GitSetting } from '../../../policy/tools/git/harmful-settings.js';
import type { CallProcesses } from '../../process/process-tree.js';
import { findProgram } from '../find-program.js';
import { RepositoryRefusedError } from './find-repository.js';

const MAX_BYTES = 1_048_576;
const TIME_OUT_MS = 5_000;

export interface FoundSetting extends GitSetting {
  /** The file it stands in, absolute. */
  readonly origin: string;
}

/**
 * The settings of a repository, files that it includes too, told by git itself: no reading of ours can then differ
 * from git's. `git config --list` starts no program. Throws RepositoryRefusedError.
 */
export async function listSettings(
  processes: CallProcesses,
  cwd: string,
  env: Readonly<Record<string, string>>,
  source: readonly string[] = [],
): Promise<readonly FoundSetting[]> {
  const found = findProgram('git', cwd);
  // Then there is nothing that could start either.
  if (found.kind === 'missing') return [];
  const child = spawn(found.file, ['config', ...source, '--list', '--show-origin', '-z'], {
    argv0: 'git',
    cwd,
    env: { ...env, ...processes.env },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  if (child.pid === undefined) {
    const [error] = await once(child, 'error');
    throw new RepositoryRefusedError(`its settings cannot be listed: ${describe(error)}`);
  }
  const leader = processes.adopt(child.pid);
  const stop = () => child.kill('SIGKILL');
  const timer = setTimeout(stop, TIME_OUT_MS);
  const output = collect(child.stdout, stop);
  const complaint = collect(child.stderr, stop);
  const [code]: unknown[] = await once(child, 'close');
  clearTimeout(timer);
  leader.exited();
  if (code !== 0)
    throw new RepositoryRefusedError(`its settings cannot be listed: ${complaint() || 'stopped'}`);
  return readListing(output());
}

function collect(stream: ChildProcess['stdout'], tooMuch: () => void): () => string {
  const chunks: Buffer[] = [];
  let bytes = 0;
  stream?.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > MAX_BYTES) tooMuch();
    else chunks.push(chunk);
  });
  return () => Buffer.concat(chunks).toString();
}

/** `file:ORIGIN\0NAME\nVALUE\0`; a setting without `=` has no value and counts as true. */
function readListing(text: string): readonly FoundSetting[] {
  const fields = text.split('\0');
  const settings: FoundSetting[] = [];
  for (let at = 0; at + 1 < fields.length; at += 2) {
    const [origin = '', setting = ''] = [fields[at], fields[at + 1]];
    const end = setting.indexOf('\n');
    settings.push({
      origin: origin.replace(/^file:/, ''),
      name: end < 0 ? setting : setting.slice(0, end),
      value: end < 0 ? 'true' : setting.slice(end + 1),
    });
  }
  return settings;
}

function describe(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
