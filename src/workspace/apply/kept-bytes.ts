import { constants } from 'node:fs';
import { type FileHandle, mkdir, open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { sha256 } from '../../base/hash.js';
import { BlobError } from '../blob-store.js';
import { writeFully } from '../write-fully.js';
import type { Journal } from './journal.js';

/** So much is gathered before it is written: most files are small. */
const CHUNK = 1024 * 1024;

/** The bytes that an apply replaces, one after the other in one file, so that a single sync makes all of them last. */
export class KeptBytes {
  readonly #location: string;
  readonly #index = new Map<string, { readonly offset: number; readonly size: number }>();
  #handle: Promise<FileHandle> | undefined;
  #gathered: Uint8Array[] = [];
  /** Of the file, and of it with what is gathered. */
  #written = 0;
  #end = 0;

  constructor(location: string, index: Journal['kept'] = []) {
    this.#location = location;
    for (const [sha, offset, size] of index) this.#index.set(sha, { offset, size });
  }

  get index(): Journal['kept'] {
    return [...this.#index].map(([sha, { offset, size }]) => [sha, offset, size]);
  }

  /** Appends; the bytes can be read, and last, when `sync` has returned. */
  async put(sha: string, bytes: Uint8Array): Promise<void> {
    if (this.#index.has(sha)) return;
    const offset = this.#end;
    this.#end += bytes.length;
    this.#index.set(sha, { offset, size: bytes.length });
    this.#gathered.push(bytes);
    if (this.#end - this.#written >= CHUNK) await this.#write();
  }

  /** The bytes, checked against their hash. */
  async get(sha: string): Promise<Uint8Array> {
    const found = this.#index.get(sha);
    if (found === undefined) throw new BlobError(`the kept bytes ${sha.slice(0, 12)} are missing`);
    const bytes = await this.#read(found.offset, found.size);
    if (sha256(bytes) !== sha) throw new BlobError(`the kept bytes ${sha.slice(0, 12)} are damaged`);
    return bytes;
  }

  async sync(): Promise<void> {
    await this.#write();
    await (await this.#handle)?.sync();
  }

  async close(): Promise<void> {
    const handle = this.#handle;
    this.#handle = undefined;
    await (await handle)?.close();
  }

  async #write(): Promise<void> {
    if (this.#gathered.length === 0) return;
    const bytes = Buffer.concat(this.#gathered);
    const offset = this.#written;
    this.#gathered = [];
    this.#written = this.#end;
    this.#handle ??= this.#create();
    await writeFully(await this.#handle, bytes, offset);
  }

  async #create(): Promise<FileHandle> {
    await mkdir(dirname(this.#location), { recursive: true, mode: 0o700 });
    return open(this.#location, 'w', 0o600);
  }

  async #read(offset: number, size: number): Promise<Uint8Array> {
    const handle = await open(this.#location, constants.O_RDONLY | constants.O_NOFOLLOW);
    try {
      const buffer = Buffer.allocUnsafeSlow(size);
      const { bytesRead } = await handle.read(buffer, 0, size, offset);
      return buffer.subarray(0, bytesRead);
    } finally {
      await handle.close();
    }
  }
}
