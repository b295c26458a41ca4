import type { BlobStore } from '../blob-store.js';
import type { FileState } from '../changes.js';
import { composeHunks, computeHunks, type Hunk } from '../hunks/hunks.js';
import { decodeText } from '../hunks/split-lines.js';
import type { ReviewItem } from './review-file.js';

/** Both sides of a change as text, with what lies between them. */
export interface ProposalTexts {
  readonly before: string;
  readonly after: string;
  readonly hunks: readonly Hunk[];
}

/** Undefined for what has no lines to decide on: links, deletions, binary files. */
export function toTexts(
  { before, after }: ReviewItem['change'],
  bytesBefore: Uint8Array,
  bytesAfter: Uint8Array,
): ProposalTexts | undefined {
  if (after.kind !== 'file' || before.kind === 'symlink') return undefined;
  const [old, later] = [decodeText(bytesBefore), decodeText(bytesAfter)];
  if (old === undefined || later === undefined) return undefined;
  return { before: old, after: later, hunks: computeHunks(old, later) };
}

/** The old text with these hunks in it. */
export function withOnlyThese({ before, hunks }: ProposalTexts, keys: ReadonlySet<string>): string {
  return composeHunks(before, hunks, keys);
}

/** The new text without one hunk. */
export function without({ before, hunks }: ProposalTexts, key: string): string {
  return composeHunks(before, hunks, new Set(hunks.map((hunk) => hunk.key).filter((other) => other !== key)));
}

/** Stores a text and says what file it is, with the mode of another. */
export async function storeText(
  blobs: BlobStore,
  text: string,
  like: FileState,
): Promise<FileState & { kind: 'file' }> {
  const bytes = Buffer.from(text);
  const sha = await blobs.put(bytes);
  return { kind: 'file', sha256: sha, size: bytes.length, mode: like.kind === 'file' ? like.mode : 0o644 };
}
