import { ok } from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sha256 } from '../../../../src/base/hash.js';
import { changeKey, type FileState } from '../../../../src/workspace/changes.js';
import { openReview, type WorkspaceReview } from '../../../../src/workspace/review/review.js';
import type { ApplyOutcome } from '../../../../src/workspace/review/review-api.js';
import { shownKeys } from '../../../../src/workspace/review/shown-keys.js';
import type { MadeReview } from '../../ui/make-review.js';

/** Nine numbered lines, some of them changed. */
export const lines = (...changed: readonly string[]) =>
  `${Array.from({ length: 9 }, (_, index) => changed.find((line) => line.startsWith(`${index}`)) ?? `${index}`).join('\n')}\n`;

export function keyOf(review: WorkspaceReview, path: string): string {
  const found = review.get(path);
  ok(found, `no change of ${path}`);
  return changeKey(found.change);
}

export function toState(text: string): FileState & { kind: 'file' } {
  return { kind: 'file', sha256: sha256(text), size: Buffer.byteLength(text), mode: 0o644 };
}

/** What the next capture finds: another text of the agent's for a file, against the real file as it is. */
export async function propose(made: MadeReview, path: string, after: string, isHostEdited = false) {
  const { review, workspace } = made;
  const live = readFileSync(join(workspace, path), 'utf8');
  await review.blobs.put(Buffer.from(after));
  await review.blobs.put(Buffer.from(live));
  const changes = review
    .list()
    .map(({ change }) =>
      change.path === path ? { ...change, before: toState(live), after: toState(after) } : change,
    );
  await review.update(changes, new Set(isHostEdited ? [path] : []));
}

/** Everything that waits, the protected as well, as one apply. */
export async function approveEverything(review: WorkspaceReview): Promise<readonly ApplyOutcome[]> {
  const shown = shownKeys(review.list());
  await review.markAll(shown, true);
  return review.applyMarked(shown);
}

export function editReal({ workspace }: MadeReview, path: string, text: string): void {
  writeFileSync(join(workspace, path), text);
}

export function readReal({ workspace }: MadeReview, path: string): string {
  return readFileSync(join(workspace, path), 'utf8');
}

export async function readProposal(review: WorkspaceReview, path: string): Promise<string> {
  return Buffer.from(await review.read(path, 'after')).toString();
}

/** As the next window finds it. */
export async function reopen({ review, stateDir }: MadeReview): Promise<WorkspaceReview> {
  const opened = await openReview({ dir: review.sessionDir, stateDir });
  ok(opened.kind === 'open');
  return opened.review;
}
