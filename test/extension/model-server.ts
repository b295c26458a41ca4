import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import * as path from 'node:path';
import { createInterface } from 'node:readline';
import { z } from 'zod';

export interface ModelServer {
  readonly url: string;
  stop(): Promise<void>;
}

const READY_WITHIN_MS = 15_000;

/** Starts the scripted model server (a process of its own) on a free port of this machine. */
export async function startModelServer(script: string, key: string): Promise<ModelServer> {
  const program = path.resolve(__dirname, '..', '..', 'model-server.js');
  const child = spawn(process.execPath, [program, '--script', script, '--key', key], {
    // Desktop VS Code's own binary is Node only when it is told so.
    env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    return { url: await readUrl(child), stop: () => stop(child) };
  } catch (error) {
    await stop(child);
    throw error;
  }
}

async function readUrl(child: ChildProcess): Promise<string> {
  if (child.stdout === null) throw new Error('the model server has no output');
  const signal = AbortSignal.timeout(READY_WITHIN_MS);
  const [line] = await once(createInterface(child.stdout), 'line', { signal });
  return z.object({ url: z.string() }).parse(JSON.parse(String(line))).url;
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill();
  await ended;
}
