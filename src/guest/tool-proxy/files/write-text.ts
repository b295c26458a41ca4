import { closeSync, constants, fstatSync, ftruncateSync, writeSync } from 'node:fs';
import { openBeneath, PathRefusedError } from './beneath.js';

/** Replaces a regular file's bytes in place, keeping its mode, or creates it with its parents. */
export function writeBytes(root: string, path: string, bytes: Buffer): void {
  const fd = openBeneath(root, path, constants.O_WRONLY | constants.O_CREAT, 0o666);
  try {
    if (!fstatSync(fd).isFile()) throw new PathRefusedError('ENOTFILE', `${path} is not a regular file`);
    ftruncateSync(fd, 0);
    writeFully(fd, bytes);
  } finally {
    closeSync(fd);
  }
}

/** write(2) may take less than it was given. */
export function writeFully(fd: number, bytes: Uint8Array): void {
  for (let done = 0; done < bytes.length; ) done += writeSync(fd, bytes, done);
}
