import { createHash } from 'node:crypto';
import { type BigIntStats, closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import { type FileHandle, open, readlink, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { PassThrough, type Readable } from 'node:stream';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { pack as createPack, type Pack } from 'tar-stream';
import { errors } from '../../base/errors.js';
import type { WorkspacePath } from '../../base/workspace-path.js';
import { codeOf, isMissing } from '../fs-errors.js';
import type { Baseline, BaselineEntry } from './baseline.js';
import { readAhead } from './read-ahead.js';
import type { MaskedFile } from './scan-secrets.js';
import { type WalkEntry, walkTree } from './walk-tree.js';

export interface PackOptions {
  readonly masked: readonly MaskedFile[];
  /** Bytes of content in all. */
  readonly maxBytes: number;
  readonly signal: AbortSignal;
}

export interface PackedWorkspace {
  /** A POSIX tar with pax headers; nothing of it names the host's users. Errors when the packing fails. */
  readonly stream: Readable;
  /** What was packed; rejects as the stream errors. */
  readonly baseline: Promise<Baseline>;
}

/** Files up to this size are read at once, several ahead of the stream. */
const SMALL_BYTES = 1024 * 1024;
const WIDTH = 16;
const OPEN_FILE = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;
/** Small files are read synchronously, a fifth of the cost, in slices that leave the event loop to others. */
const SLICE_MS = 10;

/** Packs a workspace as it is read: a file that vanishes is left out, one that changes is recorded as it was sent. */
export function packWorkspace(root: string, options: PackOptions): PackedWorkspace {
  const tar = createPack();
  const baseline = new Packer(root, options, tar).run();
  const destroy = (error: unknown) => tar.destroy(error instanceof Error ? error : new Error(String(error)));
  const stream = new PassThrough({ highWaterMark: SMALL_BYTES });
  tar.pipe(stream);
  // Whoever reads `stream` or awaits `baseline` is told; nobody may be listening yet.
  stream.on('error', () => undefined);
  tar.on('error', (error) => stream.destroy(error));
  stream.on('close', () => tar.destroy());
  baseline.catch(destroy);
  options.signal.addEventListener('abort', () => destroy(options.signal.reason), { once: true });
  return { stream, baseline };
}

type Loaded =
  | { readonly kind: 'skip'; readonly path: WorkspacePath; readonly reason?: string }
  | { readonly kind: 'directory'; readonly path: WorkspacePath; readonly mode: number; readonly mtime: Date }
  | { readonly kind: 'symlink'; readonly path: WorkspacePath; readonly target: string }
  | { readonly kind: 'masked'; readonly path: WorkspacePath; readonly content: string }
  | {
      readonly kind: 'small';
      readonly path: WorkspacePath;
      readonly meta: FileMeta;
      readonly bytes: Uint8Array;
    }
  | { readonly kind: 'large'; readonly path: WorkspacePath };

type Header = Parameters<Pack['entry']>[0];

interface FileMeta {
  readonly size: number;
  readonly mode: number;
  readonly mtimeNs: bigint;
  readonly ctimeNs: bigint;
}

class Packer {
  readonly #masked: ReadonlyMap<WorkspacePath, string>;
  readonly #entries = new Map<WorkspacePath, BaselineEntry>();
  readonly #skipped = new Map<WorkspacePath, string>();
  #bytes = 0;
  #sliceStart = performance.now();

  constructor(
    readonly root: string,
    readonly options: PackOptions,
    readonly stream: Pack,
  ) {
    this.#masked = new Map(options.masked.map((file) => [file.path, file.content]));
  }

  async run(): Promise<Baseline> {
    const walk = walkTree(this.root, this.options.signal);
    for await (const loaded of readAhead(walk, WIDTH, (entry) => this.#load(entry))) {
      this.options.signal.throwIfAborted();
      if (this.stream.destroyed) throw errors.cancelled();
      await this.#emit(loaded);
    }
    this.stream.finalize();
    return { entries: this.#entries, skipped: this.#skipped };
  }

  async #load(entry: WalkEntry): Promise<Loaded> {
    const { path } = entry;
    try {
      switch (entry.kind) {
        case 'directory': {
          const stats = await stat(join(this.root, path));
          return { kind: 'directory', path, mode: stats.mode, mtime: stats.mtime };
        }
        case 'symlink':
          return { kind: 'symlink', path, target: await readlink(join(this.root, path)) };
        case 'file':
          return await this.#loadFile(path);
        case 'special':
          return { kind: 'skip', path, reason: 'a socket, FIFO or device' };
        case 'unreadable':
          return { kind: 'skip', path, reason: 'it cannot be read' };
        case 'bad-name':
          return { kind: 'skip', path, reason: 'its name is not UTF-8' };
      }
    } catch (error) {
      if (isMissing(error) || codeOf(error) === 'EINVAL' || codeOf(error) === 'ELOOP')
        return { kind: 'skip', path };
      if (codeOf(error) === 'EACCES') return { kind: 'skip', path, reason: 'it cannot be read' };
      throw error;
    }
  }

  async #loadFile(path: WorkspacePath): Promise<Loaded> {
    const content = this.#masked.get(path);
    if (content !== undefined) return { kind: 'masked', path, content };
    if (performance.now() - this.#sliceStart > SLICE_MS) {
      await nextTurn();
      this.#sliceStart = performance.now();
    }
    const small = readSmallFile(join(this.root, path));
    return small === undefined ? { kind: 'large', path } : { kind: 'small', path, ...small };
  }

  async #emit(loaded: Loaded): Promise<void> {
    const { path } = loaded;
    switch (loaded.kind) {
      case 'skip':
        if (loaded.reason !== undefined) this.#skipped.set(path, loaded.reason);
        // Of a directory that cannot be read, what the sandbox makes of it says nothing.
        this.#entries.delete(path);
        return;
      case 'directory':
        this.#entries.set(path, { kind: 'directory' });
        // The sandbox's owner must be able to fill and empty it.
        return this.#write({
          name: path,
          type: 'directory',
          mode: (loaded.mode & 0o777) | 0o700,
          mtime: loaded.mtime,
        });
      case 'symlink':
        this.#entries.set(path, { kind: 'symlink', target: loaded.target });
        return this.#write({ name: path, type: 'symlink', linkname: loaded.target, mode: 0o777 });
      case 'masked':
        return this.#write({ name: path, type: 'file', mode: 0o444 }, Buffer.from(loaded.content));
      case 'small': {
        this.#count(loaded.bytes.length);
        const sha256 = createHash('sha256').update(loaded.bytes).digest('hex');
        this.#entries.set(path, { kind: 'file', ...loaded.meta, size: loaded.bytes.length, sha256 });
        return this.#write(toHeader(path, loaded.meta), loaded.bytes);
      }
      case 'large':
        return this.#streamFile(path);
    }
  }

  async #streamFile(path: WorkspacePath): Promise<void> {
    try {
      await withFile(join(this.root, path), (handle, meta) => this.#copyFile(path, handle, meta));
    } catch (error) {
      if (!isMissing(error) && codeOf(error) !== 'ELOOP') throw error;
    }
  }

  /** Sends exactly the announced size: a file that shrinks meanwhile is filled up with zeros. */
  async #copyFile(path: WorkspacePath, handle: FileHandle, meta: FileMeta): Promise<void> {
    this.#count(meta.size);
    const hash = createHash('sha256');
    const { sink, done } = this.#openEntry({ ...toHeader(path, meta), size: meta.size });
    for (let sent = 0; sent < meta.size; ) {
      this.options.signal.throwIfAborted();
      const chunk = Buffer.alloc(Math.min(SMALL_BYTES, meta.size - sent));
      const { bytesRead } = await handle.read(chunk, 0, chunk.length, sent);
      const part = bytesRead === 0 ? chunk : chunk.subarray(0, bytesRead);
      hash.update(part);
      sent += part.length;
      if (!sink.write(part)) await Promise.race([drained(sink), done]);
      if (this.stream.destroyed) throw errors.cancelled();
    }
    sink.end(null);
    await done;
    this.#entries.set(path, { kind: 'file', ...meta, sha256: hash.digest('hex') });
  }

  #openEntry(header: Header) {
    let settle: (error?: Error | null) => void = () => undefined;
    const done = new Promise<void>((resolve, reject) => {
      settle = (error) => (error ? reject(error) : resolve());
    });
    done.catch(() => undefined); // The caller awaits it later; the stream may fail before.
    const sink = this.stream.entry(header, (error) => settle(error));
    sink.on('error', (error) => settle(error));
    return { sink, done };
  }

  #count(bytes: number): void {
    this.#bytes += bytes;
    if (this.#bytes > this.options.maxBytes) {
      throw errors.workspaceUnsuitable(
        `it holds more than ${Math.floor(this.options.maxBytes / 2 ** 20)} MiB, too much to copy`,
      );
    }
  }

  #write(header: Header, bytes?: Uint8Array): Promise<void> {
    return new Promise((resolve, reject) => {
      const onWritten = (error?: Error | null) => (error ? reject(error) : resolve());
      const complete = { ...header, uid: 0, gid: 0, uname: '', gname: '' };
      const sink =
        bytes === undefined
          ? this.stream.entry(complete, onWritten)
          : this.stream.entry({ ...complete, size: bytes.length }, bytes, onWritten);
      sink.on('error', onWritten);
    });
  }
}

function toHeader(path: WorkspacePath, meta: FileMeta): Header {
  const mtime = new Date(Number(meta.mtimeNs / 1_000_000n));
  return { name: path, type: 'file', mode: meta.mode, mtime, uid: 0, gid: 0, uname: '', gname: '' };
}

/** `undefined` for a file that is not small. */
function readSmallFile(location: string): { meta: FileMeta; bytes: Uint8Array } | undefined {
  const fd = openSync(location, OPEN_FILE);
  try {
    const meta = toMeta(fstatSync(fd, { bigint: true }));
    if (meta.size > SMALL_BYTES) return undefined;
    const buffer = Buffer.allocUnsafeSlow(meta.size);
    let filled = 0;
    while (filled < meta.size) {
      const bytesRead = readSync(fd, buffer, filled, meta.size - filled, filled);
      if (bytesRead === 0) break;
      filled += bytesRead;
    }
    return { meta, bytes: buffer.subarray(0, filled) };
  } finally {
    closeSync(fd);
  }
}

function toMeta(stats: BigIntStats): FileMeta {
  // Swapped for something else since it was listed: as good as gone.
  if (!stats.isFile()) throw Object.assign(new Error('not a file any more'), { code: 'ENOENT' });
  const { mtimeNs, ctimeNs } = stats;
  return { size: Number(stats.size), mode: Number(stats.mode & 0o777n), mtimeNs, ctimeNs };
}

async function withFile<T>(
  location: string,
  use: (handle: FileHandle, meta: FileMeta) => Promise<T>,
): Promise<T> {
  const handle = await open(location, OPEN_FILE);
  try {
    return await use(handle, toMeta(await handle.stat({ bigint: true })));
  } finally {
    await handle.close();
  }
}

function drained(sink: ReturnType<Pack['entry']>): Promise<void> {
  return new Promise((resolve) => sink.once('drain', resolve));
}
