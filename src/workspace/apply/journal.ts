import { randomBytes } from 'node:crypto';
import { readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { describeError } from '../../base/errors.js';
import { sha256 } from '../../base/hash.js';
import { isMissing } from '../fs-errors.js';
import { replaceFile } from '../replace-file.js';
import { storedSteps } from './step.js';

const FILE = 'journal.json';

const journal = z.object({
  version: z.literal(1),
  id: z.string().regex(/^[0-9a-z-]{1,40}$/),
  sessionId: z.string().min(1).max(64),
  /** Absolute path of the real workspace, links resolved. */
  workspace: z.string().min(1).max(4096),
  /** Milliseconds since the epoch. */
  at: z.number(),
  /**
   * `prepare`: nothing of the user's was touched yet. `commit`: steps are being done. `rollback`: they are being taken
   * back. `done`: all of them are, and the record is what an undo goes by.
   */
  phase: z.enum(['prepare', 'commit', 'rollback', 'done']),
  /** The apply that this one undoes. */
  undoes: z.string().max(40).exactOptional(),
  steps: storedSteps,
  /** Where the replaced bytes stand in the pack: hash, offset, size. */
  kept: z.array(z.tuple([z.string(), z.int().min(0), z.int().min(0)])),
});

/** What an apply is about to do, written before it does it. */
export type Journal = z.infer<typeof journal>;

export type LoadedJournal =
  | { readonly kind: 'loaded'; readonly journal: Journal }
  | { readonly kind: 'none' }
  /** Not what was written; it was moved to `movedTo`. */
  | { readonly kind: 'damaged'; readonly movedTo: string; readonly reason: string };

/** On the disk when it returns. The first line is the hash of the rest, and the phase. */
export async function saveJournal(dir: string, content: Journal): Promise<void> {
  const text = JSON.stringify(content);
  await replaceFile(join(dir, FILE), `${sha256(text)} ${content.phase}\n${text}`);
}

/** Whether there is a journal, whole, of an apply that is done; without a look at what it did, which takes long. */
export async function isDone(dir: string): Promise<boolean> {
  let stored: Buffer;
  try {
    stored = await readFile(join(dir, FILE));
  } catch (error) {
    if (isMissing(error)) return false;
    throw error;
  }
  const end = stored.indexOf('\n');
  const [sum, phase] = stored.subarray(0, Math.max(end, 0)).toString().split(' ');
  return phase === 'done' && sha256(stored.subarray(end + 1)) === sum;
}

export async function loadJournal(dir: string): Promise<LoadedJournal> {
  const location = join(dir, FILE);
  let stored: string;
  try {
    stored = await readFile(location, 'utf8');
  } catch (error) {
    if (isMissing(error)) return { kind: 'none' };
    throw error;
  }
  try {
    return { kind: 'loaded', journal: parse(stored) };
  } catch (error) {
    const movedTo = `${location}.damaged-${randomBytes(4).toString('hex')}`;
    await rename(location, movedTo);
    return { kind: 'damaged', movedTo, reason: describeError(error).slice(0, 500) };
  }
}

function parse(stored: string): Journal {
  const end = stored.indexOf('\n');
  const text = stored.slice(end + 1);
  const [sum, phase] = stored.slice(0, Math.max(end, 0)).split(' ');
  if (sha256(text) !== sum) throw new Error('its check sum is another one');
  const parsed = journal.parse(JSON.parse(text));
  if (parsed.phase !== phase) throw new Error('its phase is another one');
  return parsed;
}
