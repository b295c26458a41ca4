import { randomBytes } from 'node:crypto';
import { readdir, readFile, rename, rm, rmdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { AirlockError, describeError } from '../../base/errors.js';
import { reviewErrors } from '../../base/review-errors.js';
import { removeCommits } from '../commits/stored-commits.js';
import { storedPath, storedState } from '../file-state-schema.js';
import { codeOf, ignoreMissing, isMissing } from '../fs-errors.js';
import { replaceFile } from '../replace-file.js';

/** In the session's folder. Every other file of a review has a name that begins so. */
export const REVIEW_FILE = 'review.json';

/** Characters of what is quoted to the agent, and of what the user says of it. */
export const MAX_EXCERPT = 2000;
export const MAX_COMMENT = 4000;

const hunkKey = z.string().max(64);

const storedRisk = z.object({
  rule: z.string().max(64),
  reason: z.string().max(4096),
  line: z.int().min(0).exactOptional(),
});

const item = z.object({
  change: z.object({
    path: storedPath,
    status: z.enum(['added', 'modified', 'deleted', 'mode', 'symlink', 'refused']),
    before: storedState,
    after: storedState,
    renamedFrom: storedPath.exactOptional(),
    binary: z.boolean(),
    added: z.int().min(0),
    removed: z.int().min(0),
    reason: z.string().max(4096).exactOptional(),
    emptied: storedPath.exactOptional(),
  }),
  decision: z.enum(['pending', 'approved', 'rejected', 'applied', 'conflict']),
  conflict: z.string().max(4096).exactOptional(),
  /** The host edited the real file during the session: only an explicit overwrite applies. */
  hostEdited: z.boolean(),
  /** The user edited the proposal: the sandbox's own `after`, to tell a newer one from it. */
  edited: storedState.exactOptional(),
  /** What the user had made of the agent's former proposal, where the agent has changed the very lines since. */
  superseded: storedState.exactOptional(),
  /** What was decided hunk by hunk so far. */
  hunks: z.array(z.object({ key: hunkKey, decision: z.enum(['approved', 'rejected']) })).exactOptional(),
  /** What the next `applyMarked` writes of it. `key` is its `changeKey`. */
  mark: z
    .discriminatedUnion('kind', [
      z.object({ kind: z.literal('all'), key: z.string().max(16_384) }),
      z.object({ kind: z.literal('hunks'), keys: z.array(hunkKey) }),
    ])
    .exactOptional(),
  /** Hunks that came after the user had decided on others of the file. */
  fresh: z.array(hunkKey).exactOptional(),
  /** What the agent's proposal was made from, where `before` has moved since. */
  base: storedState.exactOptional(),
  /** What protects it for what is in it; `of` is the `changeKey` of what was looked through. */
  contentRisks: z.object({ of: z.string().max(16_384), found: z.array(storedRisk).max(100) }).exactOptional(),
  /** The user's edits of the real file are in the proposal: `clean`, or with conflict markers left in it. */
  merge: z.enum(['clean', 'marked']).exactOptional(),
});

const feedback = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('rejected'), id: z.string().max(64), path: storedPath }),
  z.object({
    kind: z.literal('rejected-hunk'),
    id: z.string().max(64),
    path: storedPath,
    /** 1-based, in the proposal. */
    line: z.int().min(1),
    excerpt: z.string().max(MAX_EXCERPT),
  }),
  z.object({
    kind: z.literal('comment'),
    id: z.string().max(64),
    path: storedPath,
    line: z.int().min(1),
    excerpt: z.string().max(MAX_EXCERPT),
    text: z.string().max(MAX_COMMENT),
  }),
]);

const reviewFile = z.object({
  version: z.literal(1),
  sessionId: z.string().min(1).max(64),
  workspace: z.string().min(1).max(4096),
  createdAt: z.number(),
  prompt: z.string(),
  /** The name of the agent; sessions of earlier versions have none. */
  agent: z.string().max(100).exactOptional(),
  items: z.array(item),
  /** What was applied, by path. */
  written: z.array(z.tuple([storedPath, storedState])),
  /** What the agent is told with its next prompt. */
  feedback: z.array(feedback).exactOptional(),
});

/** What a later version of Airlock wrote. */
const newerFile = z.object({ version: z.int().min(2) });

export type ReviewFile = z.infer<typeof reviewFile>;
export type ReviewItem = z.infer<typeof item>;
export type Feedback = z.infer<typeof feedback>;

export type LoadedReview =
  | { readonly kind: 'loaded'; readonly file: ReviewFile; readonly stamp: string | undefined }
  | { readonly kind: 'none' }
  /** The damaged file was moved to `movedTo`; the stored bytes are untouched. */
  | { readonly kind: 'damaged'; readonly movedTo: string; readonly reason: string };

/** Throws `review-newer` for one that a later version of Airlock wrote, and leaves it as it is. */
export async function loadReviewFile(
  sessionDir: string,
  options: { readonly keepDamaged?: boolean } = {},
): Promise<LoadedReview> {
  const location = locate(sessionDir);
  // Before it is read: what is saved meanwhile is noticed then.
  const stamp = await readStamp(sessionDir);
  let text: string;
  try {
    text = await readFile(location, 'utf8');
  } catch (error) {
    if (isMissing(error)) return { kind: 'none' };
    throw error;
  }
  try {
    const stored: unknown = JSON.parse(text);
    if (isNewer(stored)) throw reviewErrors.newer(sessionDir);
    return { kind: 'loaded', file: reviewFile.parse(stored), stamp };
  } catch (error) {
    // Another version's, which may be at work on it: it is not touched.
    if (error instanceof AirlockError) throw error;
    const movedTo = `${location}.damaged-${randomBytes(4).toString('hex')}`;
    if (options.keepDamaged !== true) await rename(location, movedTo);
    return { kind: 'damaged', movedTo, reason: describeError(error).slice(0, 500) };
  }
}

function isNewer(stored: unknown): boolean {
  return newerFile.safeParse(stored).success;
}

/** Of the stored file: another one after every save of any process. Undefined when there is none. */
export async function readStamp(sessionDir: string): Promise<string | undefined> {
  const stats = await stat(locate(sessionDir), { bigint: true }).catch(ignoreMissing);
  return stats && [stats.ino, stats.size, stats.mtimeNs, stats.ctimeNs].join(':');
}

/** Replaces the file at once: a crash leaves the old one or the new one. */
export async function saveReviewFile(sessionDir: string, file: ReviewFile): Promise<void> {
  await replaceFile(locate(sessionDir), JSON.stringify(file));
}

/** Removes the review in every form, and the session's folder with it unless something of a sandbox is still there. */
export async function removeReviewFiles(sessionDir: string): Promise<void> {
  await removeCommits(sessionDir);
  const names = (await readdir(sessionDir).catch(ignoreMissing)) ?? [];
  const isReview = (name: string) => name.startsWith(REVIEW_FILE);
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

function locate(sessionDir: string): string {
  return join(sessionDir, REVIEW_FILE);
}
