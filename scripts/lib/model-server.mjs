import { spawn } from 'node:child_process';
import readline from 'node:readline';
import { endGroup } from './process-group.mjs';
import { cleanEnv } from './run.mjs';
import { MODEL_SERVER } from './vsix.mjs';

/**
 * Starts the scripted model on a free port of 127.0.0.1. With a `key` it refuses calls that do not carry it.
 * @param {{script: string, key?: string}} options
 * @returns {Promise<{url: string, stop(): void}>}
 */
export async function startModelServer({ script, key }) {
  const args = [MODEL_SERVER, '--port', '0', '--script', script];
  if (key !== undefined) args.push('--key', key);
  const child = spawn(process.execPath, args, {
    detached: true,
    env: cleanEnv(),
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const stop = () => {
    process.removeListener('exit', stop);
    endGroup(child.pid);
  };
  process.once('exit', stop);
  for await (const line of readline.createInterface({ input: child.stdout })) {
    const { url } = JSON.parse(line);
    child.stdout.resume();
    return { url, stop };
  }
  stop();
  throw new Error('the scripted model ended before it said its address');
}
