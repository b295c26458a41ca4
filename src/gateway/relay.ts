import { type Readable, Transform, type Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { KeyGuard } from './key-guard.js';
import type { ResponseObserver } from './response-observer.js';

export interface RelayWatch {
  readonly guard: KeyGuard;
  readonly observer: ResponseObserver;
  readonly idleMs: number;
  readonly signal: AbortSignal;
  onBytes(count: number): void;
}

/**
 * Passes a response body on as it comes, with back-pressure. On any failure both ends are destroyed, so
 * a body that is not whole never looks whole.
 */
export async function relay(from: Readable, to: Writable, watch: RelayWatch): Promise<void> {
  const through = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      idle.refresh();
      try {
        const bytes = watch.guard.push(chunk);
        watch.observer.push(bytes);
        watch.onBytes(bytes.length);
        done(null, bytes);
      } catch (error) {
        done(error instanceof Error ? error : new Error(String(error)));
      }
    },
    flush(done) {
      const rest = watch.guard.finish();
      watch.observer.push(rest);
      watch.observer.finish();
      if (!watch.observer.mayEnd) return done(new Error('the stream ended before its last event'));
      watch.onBytes(rest.length);
      done(null, rest.length > 0 ? rest : undefined);
    },
  });
  const idle = setTimeout(
    () => through.destroy(new Error(`nothing moved for ${watch.idleMs} ms`)),
    watch.idleMs,
  );
  try {
    await pipeline(from, through, to, { signal: watch.signal });
  } finally {
    clearTimeout(idle);
  }
}
