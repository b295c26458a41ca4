import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { Duplex, type Readable, type Writable } from 'node:stream';

export type GuestChild = ChildProcessByStdio<Writable, Readable, Readable>;

export interface GuestProcess {
  readonly child: GuestChild;
  /** Its stdin and stdout, as the engine's attach stream gives them. */
  readonly road: Duplex;
  /** What it wrote to stderr so far. */
  errors(): string;
  /** Ends its stdin and waits until it is gone; resolves to the exit code. */
  stop(): Promise<number | null>;
}

/** Starts one of the bundled guest programs on this machine, on pipes as in the container. */
export function startGuest(
  name: 'tool-proxy' | 'bridge',
  env: Readonly<Record<string, string>> = {},
): GuestProcess {
  const child = spawn(process.execPath, [path.resolve('dist/guest', `${name}.js`)], {
    cwd: '/',
    env: { PATH: '/usr/bin:/bin', ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  let errors = '';
  child.stderr.on('data', (chunk: Buffer) => {
    errors += chunk.toString();
  });
  // It may end first; what was still to be written has no reader then.
  child.stdin.on('error', () => undefined);
  const gone = once(child, 'exit');
  return {
    child,
    road: Duplex.from({ readable: child.stdout, writable: child.stdin }),
    errors: () => errors,
    stop: async () => {
      child.stdin.end();
      await gone;
      return child.exitCode;
    },
  };
}
