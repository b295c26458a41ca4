import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { devNull } from 'node:os';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

/** A repository of the user's: by its own folder, or as git finds it from a folder of its work tree. */
export interface GitPlace {
  readonly cwd: string;
  readonly gitDir?: string;
  /** The program, where another than `git` is meant. */
  readonly program?: string;
}

export interface GitOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly input?: Readable | string;
  readonly timeoutMs?: number;
  /** Of what it prints. */
  readonly maxBytes?: number;
}

export type GitEnd =
  | { readonly kind: 'ended'; readonly code: number; readonly stdout: string; readonly stderr: string }
  /** There is no git to be run, or it did not end by itself. */
  | { readonly kind: 'failed'; readonly reason: string };

const TIMEOUT_MS = 20_000;
const MAX_OUTPUT = 4 * 1024 * 1024;

/** What the user's configuration may set for its own work, but not for an import that nobody watches. */
const SETTINGS = [
  `core.hooksPath=${devNull}`,
  'core.fsmonitor=false',
  'core.alternateRefsCommand=false',
  'gc.auto=0',
  'maintenance.auto=false',
  'submodule.recurse=false',
  'protocol.allow=never',
  'transfer.fsckObjects=true',
  'fetch.fsckObjects=true',
];

/** Runs the user's own git on a repository of the user's: no shell, no hook, no network, no question. Never rejects. */
export async function runGit(
  { cwd, gitDir, program = 'git' }: GitPlace,
  args: readonly string[],
  { env = {}, input = '', timeoutMs = TIMEOUT_MS, maxBytes = MAX_OUTPUT }: GitOptions = {},
): Promise<GitEnd> {
  const settings = SETTINGS.flatMap((setting) => ['-c', setting]);
  const place = gitDir === undefined ? [] : [`--git-dir=${gitDir}`];
  const child = spawn(program, [...settings, ...place, ...args], {
    cwd,
    env: { ...inheritedEnvironment(), ...env },
    stdio: 'pipe',
    windowsHide: true,
  });
  let failure: string | undefined;
  const stop = (reason: string) => {
    failure ??= reason;
    child.kill('SIGKILL');
  };
  const timer = setTimeout(() => stop(`it took longer than ${timeoutMs / 1000} s`), timeoutMs);
  const stdout = collect(child.stdout, maxBytes, () => stop('it wrote too much'));
  const stderr = collect(child.stderr, maxBytes, () => stop('it wrote too much'));
  const source = typeof input === 'string' ? Readable.from(input === '' ? [] : [input]) : input;
  // When git ends before it has read all, its exit code says why.
  const fed = pipeline(source, child.stdin).catch(() => undefined);
  try {
    const [code]: unknown[] = await once(child, 'close');
    await fed;
    if (failure !== undefined || typeof code !== 'number')
      return { kind: 'failed', reason: failure ?? 'it was killed' };
    return { kind: 'ended', code, stdout: stdout(), stderr: stderr() };
  } catch (error) {
    return { kind: 'failed', reason: error instanceof Error ? error.message : String(error) };
  } finally {
    clearTimeout(timer);
  }
}

/** The user's own, without what would tell git of another repository or another configuration. */
function inheritedEnvironment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !name.toUpperCase().startsWith('GIT_'));
  return {
    ...Object.fromEntries(kept),
    LC_ALL: 'C',
    GIT_TERMINAL_PROMPT: '0',
    GIT_OPTIONAL_LOCKS: '0',
    GIT_NO_REPLACE_OBJECTS: '1',
    // A partial clone fetches nothing: no protocol has this name, and a later version does not even try.
    GIT_ALLOW_PROTOCOL: 'none',
    GIT_NO_LAZY_FETCH: '1',
  };
}

function collect(stream: Readable, maxBytes: number, tooMuch: () => void): () => string {
  const chunks: Buffer[] = [];
  let bytes = 0;
  stream.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > maxBytes) tooMuch();
    else chunks.push(chunk);
  });
  return () => Buffer.concat(chunks).toString();
}
