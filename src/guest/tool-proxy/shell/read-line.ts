import { isUtf8 } from 'node:buffer';
import { setTimeout as delay } from 'node:timers/promises';
import type { ReadArguments } from '../../../policy/shell/read-arguments.js';
import type { Shell } from './shell.js';

const EMPTY_PIPE_MS = 2;
const MAX_BYTES = 1024 * 1024;
/** Between two looks at the time. */
const STRETCH = 1024;
const BACKSLASH = 92;

export type Line =
  /** Without what ended it; `complete`: something did, and not the end of the input. */
  | { readonly kind: 'read'; readonly text: string; readonly complete: boolean }
  | { readonly kind: 'failed'; readonly error: unknown };

/** Reads standard input byte by byte, for what comes behind the line belongs to whoever reads next. */
export async function readLine(
  shell: Shell,
  { raw, delimiter }: Pick<ReadArguments, 'raw' | 'delimiter'>,
): Promise<Line> {
  const bytes: number[] = [];
  let escaped = false;
  for (let taken = 0; ; ) {
    const byte = await nextByte(shell);
    if (typeof byte === 'object') return { kind: 'failed', error: byte.error };
    const complete = !escaped && byte === delimiter;
    if (byte === 'end' || complete) return { kind: 'read', text: decode(shell, bytes), complete };
    taken += 1;
    if (taken % STRETCH === 0) await shell.run.pause();
    if (taken > MAX_BYTES)
      shell.run.fail({ kind: 'limit', what: `read met a line of more than ${MAX_BYTES} bytes` });
    // As in bash, where texts end at a NUL.
    if (byte !== 0 || escaped) bytes.push(byte);
    escaped = !raw && !escaped && byte === BACKSLASH;
  }
}

/** A variable is text: other bytes would become something else on their way through it. */
function decode({ run }: Shell, bytes: readonly number[]): string {
  const line = Buffer.from(bytes);
  if (!isUtf8(line)) run.fail({ kind: 'limit', what: 'read met a line that is no UTF-8 text' });
  return line.toString('utf8');
}

async function nextByte({ run, stdio }: Shell): Promise<number | 'end' | { readonly error: unknown }> {
  for (;;) {
    run.check();
    try {
      const byte = stdio[0].readByte();
      if (byte !== 'empty') return byte;
    } catch (error) {
      if (!(error instanceof Error && 'code' in error)) throw error;
      return { error };
    }
    await delay(EMPTY_PIPE_MS);
  }
}
