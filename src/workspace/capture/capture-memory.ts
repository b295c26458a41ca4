import type { WorkspacePath } from '../../base/workspace-path.js';
import { BlobError } from '../blob-store.js';
import type { Change } from '../changes.js';

/** Bytes that one session may store of either side: what it changes to, and copies of the real files. */
export const SESSION_BYTES = 1024 * 1024 * 1024;

/** What one path came to, and everything that it came from. */
export interface Captured {
  /** The sandbox's proposal, the real file's identity, and what Airlock wrote there. */
  readonly key: string;
  /** None when the real file is the same. */
  readonly change: Change | undefined;
  readonly hostEdited: boolean;
}

/** What the captures of one session share: how much they stored, and what need not be looked at again. */
export class CaptureMemory {
  #after = 0;
  #before = 0;
  #last: ReadonlyMap<WorkspacePath, Captured> = new Map();
  #next = new Map<WorkspacePath, Captured>();

  constructor(readonly maxBytes = SESSION_BYTES) {}

  /** Counts bytes that are about to be fetched from the sandbox; throws BlobError when they are too many. */
  takeAfter(size: number): void {
    if (this.#after + size > this.maxBytes) {
      throw new BlobError(
        `with it this session's changes would hold more than ${Math.floor(this.maxBytes / 2 ** 20)} MiB`,
      );
    }
    this.#after += size;
  }

  /** True when a copy of so many bytes of a real file may be kept; without one the file itself is read when shown. */
  takeBefore(size: number): boolean {
    if (this.#before + size > this.maxBytes) return false;
    this.#before += size;
    return true;
  }

  recall(path: WorkspacePath): Captured | undefined {
    return this.#last.get(path);
  }

  remember(path: WorkspacePath, captured: Captured): void {
    this.#next.set(path, captured);
  }

  /** Ends one capture: what it did not see is forgotten. */
  turn(): void {
    this.#last = this.#next;
    this.#next = new Map();
  }
}
