import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { cleanEnv, run } from '../lib/run.mjs';

/**
 * Unpacks one npm package, without its dependencies, into a folder. No install script runs.
 * @param {string} spec name@version
 * @param {string} dir
 */
export async function unpackPackage(spec, dir) {
  await mkdir(dir, { recursive: true });
  const env = cleanEnv();
  const { stdout } = await run('npm', ['pack', '--silent', '--pack-destination', dir, spec], {
    env,
    cwd: dir,
    timeoutMs: 5 * 60_000,
  });
  const archive = path.join(dir, stdout.trim().split('\n').at(-1) ?? '');
  await run('tar', ['-xzf', archive, '-C', dir, '--strip-components=1', '--no-same-owner']);
  await run('rm', ['-f', archive]);
}
