import * as z from 'zod';
import { storedState } from '../../workspace/file-state-schema.js';
import type { Review } from '../../workspace/review/review-api.js';
import { changeStates } from './change-state.js';

/** What `--json` prints: one object of one of these. Members are added to a version, never taken away or changed. */

const session = z.object({
  id: z.string(),
  /** Absolute, links resolved. */
  workspace: z.string(),
  /** ISO 8601. */
  createdAt: z.string(),
  prompt: z.string(),
});

const hunk = z.object({
  /** What `--hunk` takes the beginning of. */
  id: z.string(),
  /** First line, from 1, and number of lines; the line before it when there are none. */
  before: z.object({ start: z.int(), lines: z.int() }),
  after: z.object({ start: z.int(), lines: z.int() }),
  approved: z.boolean(),
  /** It came after others of the file were decided on. */
  fresh: z.boolean(),
});

/** Paths are relative to the workspace, with slashes. */
const path = z.string();

const left = z.object({
  path,
  kind: z.enum(['protected', 'conflict', 'refused', 'decided', 'moved', 'failed', 'merged']),
  reason: z.string(),
});

export const changesDocument = z.object({
  version: z.literal(1),
  session,
  /** The process that alone may decide in it now. */
  heldBy: z.string().exactOptional(),
  changes: z.array(
    z.object({
      path,
      status: z.enum(['added', 'modified', 'deleted', 'mode', 'symlink', 'refused']),
      state: z.enum(changeStates),
      before: storedState,
      after: storedState,
      binary: z.boolean(),
      /** Lines. */
      added: z.int(),
      removed: z.int(),
      renamedFrom: path.exactOptional(),
      /** Why it is in conflict, or refused. */
      reason: z.string().exactOptional(),
      protected: z.array(z.object({ rule: z.string(), reason: z.string() })),
      merge: z.enum(['clean', 'marked']).exactOptional(),
      /** The user made another proposal of the agent's. */
      edited: z.boolean(),
      /** The agent has changed lines since that the user had decided on. */
      changedSince: z.boolean(),
      /** With `--hunks`; empty for what has no lines to decide on. */
      hunks: z.array(hunk).exactOptional(),
    }),
  ),
});

export const diffDocument = z.object({
  version: z.literal(1),
  session,
  files: z.array(z.object({ path, patch: z.string(), note: z.string().exactOptional() })),
  unreadable: z.array(z.object({ path, reason: z.string() })),
});

export const approveDocument = z.object({
  version: z.literal(1),
  session,
  /** Whether the mark was set, or taken back. */
  marked: z.boolean(),
  changes: z.array(
    z.object({
      path,
      hunks: z.array(z.string()).exactOptional(),
      /** Why it is protected. */
      protected: z.array(z.string()).exactOptional(),
    }),
  ),
  left: z.array(left),
});

export const rejectDocument = z.object({
  version: z.literal(1),
  session,
  rejected: z.array(z.object({ path, hunks: z.array(z.string()).exactOptional() })),
  left: z.array(left),
});

export const applyDocument = z.object({
  version: z.literal(1),
  session,
  applied: z.array(z.object({ path, hunksLeft: z.int().exactOptional() })),
  left: z.array(left),
});

export const undoDocument = z.object({
  version: z.literal(1),
  workspace: z.string(),
  undone: z.object({ id: z.string(), session: z.string(), paths: z.array(path) }).exactOptional(),
  /** Left as they are, because they were edited since, or others of them were. */
  stayed: z.array(path).exactOptional(),
  /** With `--list`: what can be taken back, newest first. */
  applies: z
    .array(z.object({ id: z.string(), session: z.string(), at: z.string(), paths: z.array(path) }))
    .exactOptional(),
});

export type ChangesDocument = z.infer<typeof changesDocument>;
export type ChangeEntry = ChangesDocument['changes'][number];
export type Left = z.infer<typeof left>;
export type HunkEntry = z.infer<typeof hunk>;

export function describeSession({
  sessionId,
  workspace,
  createdAt,
  prompt,
}: Review): z.infer<typeof session> {
  return { id: sessionId, workspace, createdAt: toTime(createdAt), prompt };
}

export function toTime(ms: number): string {
  return new Date(ms).toISOString();
}
