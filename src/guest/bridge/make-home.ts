import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { ProgramSpec } from '../../protocol/bridge.js';

/** Makes the agent's settings in its HOME, anew when it is started once more, for its own uid only: they carry the session's token. */
export async function makeHome(
  home: string,
  { cwd, files }: Pick<ProgramSpec, 'cwd' | 'files'>,
): Promise<void> {
  await makeDir(join(home, 'tmp'));
  if (cwd.startsWith(`${home}/`)) await makeDir(cwd);
  for (const [path, text] of Object.entries(files)) {
    const file = join(home, path);
    await makeDir(dirname(file));
    await rm(file, { force: true });
    await writeFile(file, text, { mode: 0o600, flag: 'wx' });
  }
}

async function makeDir(path: string): Promise<void> {
  await mkdir(path, { mode: 0o700, recursive: true });
}
