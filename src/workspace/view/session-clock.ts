import { randomBytes } from 'node:crypto';
import { mkdir, open, rm } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * A moment of the file system's own clock, in ns: every file changed before the call has a ctime at or below
 * it, every file changed after the call's end has a later one. Waits for one tick of that clock (a few ms).
 */
export async function stampSessionStart(sessionDir: string): Promise<bigint> {
  await mkdir(sessionDir, { recursive: true, mode: 0o700 });
  const file = join(sessionDir, `.clock-${randomBytes(4).toString('hex')}`);
  const handle = await open(file, 'wx', 0o600);
  try {
    const start = (await handle.stat({ bigint: true })).ctimeNs;
    for (;;) {
      await handle.chmod(0o600);
      if ((await handle.stat({ bigint: true })).ctimeNs > start) return start;
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
  } finally {
    await handle.close();
    await rm(file, { force: true });
  }
}
