import { open } from 'node:fs/promises';
import { describeError, errors } from '../base/errors.js';

const MAX_BYTES = 64 * 1024;

/**
 * One secret from a file, without its surrounding white space. Refuses a file that others than its owner can read, one
 * that is no regular file, and an empty one.
 */
export async function readSecretFile(option: string, path: string): Promise<string> {
  const file = await open(path, 'r').catch((error: unknown) => {
    throw errors.usage(`The file of ${option} cannot be read (${describeError(error)}).`);
  });
  try {
    const facts = await file.stat();
    if (!facts.isFile()) throw errors.usage(`${option} must name a regular file.`);
    // Windows has no such bits; its files show as readable by all.
    if (process.platform !== 'win32' && (facts.mode & 0o077) !== 0)
      throw errors.usage(`The file of ${option} can be read by others; make it private (chmod 600).`);
    if (facts.size > MAX_BYTES) throw errors.usage(`The file of ${option} is too large to be a secret.`);
    const text = (await file.readFile('utf8')).trim();
    if (text === '') throw errors.usage(`The file of ${option} is empty.`);
    return text;
  } finally {
    await file.close();
  }
}
