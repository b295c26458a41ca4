import { randomBytes } from 'node:crypto';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { writeFully } from './write-fully.js';

/** Replaces a file of our own at once, and on the disk: a crash leaves the old one or the new one. */
export async function replaceFile(location: string, text: string): Promise<void> {
  await mkdir(dirname(location), { recursive: true, mode: 0o700 });
  const temp = `${location}.${randomBytes(4).toString('hex')}.tmp`;
  try {
    const handle = await open(temp, 'wx', 0o600);
    try {
      await writeFully(handle, Buffer.from(text));
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(temp, location);
  } catch (error) {
    await rm(temp, { force: true });
    throw error;
  }
  await syncDir(dirname(location));
}

/** Makes names made in a directory last through a power cut, where the platform can. */
export async function syncDir(dir: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(dir, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
