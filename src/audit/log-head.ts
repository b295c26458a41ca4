import { open, readFile, rename } from 'node:fs/promises';
import * as z from 'zod';

// Beside `audit.jsonl`, `audit.jsonl.head` says how far the log had been made safe. A hash chain alone
// cannot show that its end was cut off.

const logHead = z.strictObject({ lines: z.int().min(0), sha256: z.string().length(64) });
export type LogHead = z.infer<typeof logHead>;

export type HeadRead =
  | { readonly kind: 'head'; readonly head: LogHead }
  | { readonly kind: 'none' }
  | { readonly kind: 'damaged' };

export async function writeHead(file: string, head: LogHead): Promise<void> {
  const temporary = `${file}.head.tmp`;
  const handle = await open(temporary, 'w', 0o600);
  try {
    await handle.writeFile(JSON.stringify(head));
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(temporary, `${file}.head`);
}

export async function readHead(file: string): Promise<HeadRead> {
  let text: string;
  try {
    text = await readFile(`${file}.head`, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return { kind: 'none' };
    throw error;
  }
  try {
    return { kind: 'head', head: logHead.parse(JSON.parse(text)) };
  } catch {
    // Whatever it holds, it is not what was written.
    return { kind: 'damaged' };
  }
}
