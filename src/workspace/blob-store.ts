import { createHash, randomBytes } from 'node:crypto';
import { access, type FileHandle, mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { sha256 } from '../base/hash.js';
import { isMissing } from './fs-errors.js';

const SHA = /^[0-9a-f]{64}$/;

/** The stored bytes are not there, or are not what their name says. */
export class BlobError extends Error {
  override readonly name = 'BlobError';
}

export interface PutOptions {
  /** Wait until the bytes are on the disk: for bytes that exist nowhere else afterwards. */
  readonly durable?: boolean;
}

/** Bytes by their SHA-256 under `<sessionDir>/blobs`, private to this user. */
export class BlobStore {
  readonly #dir: string;

  constructor(sessionDir: string) {
    this.#dir = join(sessionDir, 'blobs');
  }

  async has(sha: string): Promise<boolean> {
    try {
      await access(this.#locate(sha));
      return true;
    } catch (error) {
      if (isMissing(error)) return false;
      throw error;
    }
  }

  /** Stores the bytes and returns their hash. */
  async put(bytes: Uint8Array, options: PutOptions = {}): Promise<string> {
    const sha = sha256(bytes);
    if (!options.durable && (await this.has(sha))) return sha;
    await this.#write(sha, options, (handle) => handle.writeFile(bytes));
    return sha;
  }

  /** Stores a stream that must have this hash and at most `maxBytes`; throws BlobError and keeps nothing otherwise. */
  async putStream(chunks: AsyncIterable<Uint8Array>, expectedSha: string, maxBytes: number): Promise<void> {
    await this.#write(expectedSha, {}, async (handle) => {
      const hash = createHash('sha256');
      let size = 0;
      for await (const chunk of chunks) {
        size += chunk.length;
        if (size > maxBytes) throw new BlobError(`the content is larger than ${maxBytes} bytes`);
        hash.update(chunk);
        await handle.writeFile(chunk);
      }
      if (hash.digest('hex') !== expectedSha) throw new BlobError('the content is not what was announced');
    });
  }

  /** The bytes, checked against their hash. */
  async get(sha: string): Promise<Uint8Array> {
    let bytes: Uint8Array;
    try {
      bytes = await readFile(this.#locate(sha));
    } catch (error) {
      if (isMissing(error))
        throw new BlobError(`the stored bytes ${sha.slice(0, 12)} are missing`, { cause: error });
      throw error;
    }
    if (sha256(bytes) !== sha) throw new BlobError(`the stored bytes ${sha.slice(0, 12)} are damaged`);
    return bytes;
  }

  /** Removes every stored byte of the session. */
  async clear(): Promise<void> {
    await rm(this.#dir, { recursive: true, force: true });
  }

  async #write(sha: string, options: PutOptions, fill: (handle: FileHandle) => Promise<void>): Promise<void> {
    const target = this.#locate(sha);
    await mkdir(this.#dir, { recursive: true, mode: 0o700 });
    const temp = `${target}.${randomBytes(6).toString('hex')}.tmp`;
    try {
      const handle = await open(temp, 'wx', 0o600);
      try {
        await fill(handle);
        if (options.durable) await handle.sync();
      } finally {
        await handle.close();
      }
      await rename(temp, target);
    } catch (error) {
      await rm(temp, { force: true });
      throw error;
    }
  }

  #locate(sha: string): string {
    if (!SHA.test(sha)) throw new BlobError('a hash is not a SHA-256');
    return join(this.#dir, sha);
  }
}
