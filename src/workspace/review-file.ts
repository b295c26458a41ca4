import { randomBytes } from 'node:crypto';
import { mkdir, open, readdir, readFile, rename, rm, rmdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import * as z from 'zod';
import { describeError } from '../base/errors.js';
import { codeOf, isMissing } from './fs-errors.js';

const REVIEW = 'review.json';

const path = z.string().min(1).max(4096);
const fileState = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('absent') }),
  z.object({
    kind: z.literal('file'),
    sha256: z.string().regex(/^[0-9a-f]{64}$/),
    size: z.int().min(0),
    mode: z.int().min(0).max(0o7777),
  }),
  z.object({ kind: z.literal('symlink'), target: z.string().max(4096) }),
]);

const item = z.object({
  change: z.object({
    path,
    status: z.enum(['added', 'modified', 'deleted', 'mode', 'symlink', 'refused']),
    before: fileState,
    after: fileState,
    renamedFrom: path.exactOptional(),
    binary: z.boolean(),
    added: z.int().min(0),
    removed: z.int().min(0),
    reason: z.string().max(4096).exactOptional(),
  }),
  decision: z.enum(['pending', 'approved', 'rejected', 'applied', 'conflict']),
  conflict: z.string().max(4096).exactOptional(),
  /** The host edited the real file during the session: only an explicit overwrite applies. */
  hostEdited: z.boolean(),
  /** The user edited the proposal: the sandbox's own `after`, to tell a newer one from it. */
  edited: fileState.exactOptional(),
});

const reviewFile = z.object({
  version: z.literal(1),
  sessionId: z.string().min(1).max(64),
  workspace: z.string().min(1).max(4096),
  createdAt: z.number(),
  prompt: z.string(),
  items: z.array(item),
  /** What was applied, by path. */
  written: z.array(z.tuple([path, fileState])),
});

export type ReviewFile = z.infer<typeof reviewFile>;
export type ReviewItem = z.infer<typeof item>;

export type LoadedReview =
  | { readonly kind: 'loaded'; readonly file: ReviewFile }
  | { readonly kind: 'none' }
  /** The damaged file was moved to `movedTo`; the stored bytes are untouched. */
  | { readonly kind: 'damaged'; readonly movedTo: string; readonly reason: string };

export async function loadReviewFile(sessionDir: string): Promise<LoadedReview> {
  const location = locate(sessionDir);
  let text: string;
  try {
    text = await readFile(location, 'utf8');
  } catch (error) {
    if (isMissing(error)) return { kind: 'none' };
    throw error;
  }
  try {
    return { kind: 'loaded', file: reviewFile.parse(JSON.parse(text)) };
  } catch (error) {
    const movedTo = `${location}.damaged-${randomBytes(4).toString('hex')}`;
    await rename(location, movedTo);
    return { kind: 'damaged', movedTo, reason: describeError(error).slice(0, 500) };
  }
}

/** Replaces the file at once: a crash leaves the old one or the new one. */
export async function saveReviewFile(sessionDir: string, file: ReviewFile): Promise<void> {
  const location = locate(sessionDir);
  await mkdir(dirname(location), { recursive: true, mode: 0o700 });
  const temp = `${location}.${randomBytes(4).toString('hex')}.tmp`;
  try {
    const handle = await open(temp, 'wx', 0o600);
    try {
      await handle.writeFile(JSON.stringify(file));
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(temp, location);
  } catch (error) {
    await rm(temp, { force: true });
    throw error;
  }
}

/** Removes the review in every form, and the session's folder with it unless something of a sandbox is still there. */
export async function removeReviewFiles(sessionDir: string): Promise<void> {
  const names = (await readdir(sessionDir).catch(ignoreMissing)) ?? [];
  const isReview = (name: string) => name.startsWith(REVIEW);
  for (const name of names.filter(isReview)) await rm(join(sessionDir, name), { force: true });
  // A folder with an overlay in it keeps its owner: that is how the overlay is found and removed.
  if (names.some((name) => !isReview(name) && name !== 'owner')) return;
  await rm(join(sessionDir, 'owner'), { force: true });
  try {
    await rmdir(sessionDir);
  } catch (error) {
    // Something was put into it in this moment; the folders of dead sessions are removed at the next start.
    if (!isMissing(error) && codeOf(error) !== 'ENOTEMPTY') throw error;
  }
}

function ignoreMissing(error: unknown): undefined {
  if (!isMissing(error)) throw error;
}

function locate(sessionDir: string): string {
  return join(sessionDir, REVIEW);
}
