import { BlobError, type BlobStore } from './blob-store.js';
import type { Change } from './changes.js';
import { LiveWorkspace } from './live-workspace.js';
import { type ProposalTexts, toTexts } from './proposal-texts.js';
import type { Side } from './review-api.js';
import type { ReviewItem } from './review-file.js';

/** Bytes of one side; empty for an absent file and for a folder; a link's target as text. */
export async function readSide(
  blobs: BlobStore,
  workspace: string,
  change: Change,
  side: Side,
): Promise<Uint8Array> {
  const state = change[side];
  if (state.kind === 'absent' || state.kind === 'directory') return new Uint8Array();
  if (state.kind === 'symlink') return Buffer.from(state.target);
  try {
    return await blobs.get(state.sha256);
  } catch (error) {
    if (side === 'after' || !(error instanceof BlobError)) throw error;
    const live = await new LiveWorkspace(workspace).read(change.path);
    if (live.kind === 'file' && live.sha256 === state.sha256 && live.bytes !== undefined) return live.bytes;
    throw error;
  }
}

export async function readTexts(
  blobs: BlobStore,
  workspace: string,
  { change, decision }: ReviewItem,
): Promise<ProposalTexts | undefined> {
  if (decision === 'applied' || change.status === 'refused') return undefined;
  const before = await readSide(blobs, workspace, change, 'before');
  return toTexts(change, before, await readSide(blobs, workspace, change, 'after'));
}
