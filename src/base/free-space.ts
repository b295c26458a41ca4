import { statfs } from 'node:fs/promises';

/** Bytes that an ordinary user may still write to the disk of the path. */
export async function freeBytesOf(path: string): Promise<number> {
  const { bavail, bsize } = await statfs(path);
  return bavail * bsize;
}
