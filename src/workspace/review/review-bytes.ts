import { BlobError, type BlobStore } from '../blob-store.js';
import type { FileState } from '../changes.js';
import { LiveWorkspace } from '../live-workspace.js';
import { type ProposalTexts, toTexts } from './proposal-texts.js';
import type { Side } from './review-api.js';
import type { ReviewItem } from './review-file.js';

/** Where bytes are read from. */
export interface ByteSource {
  readonly blobs: BlobStore;
  readonly workspace: string;
}

type Sided = Pick<ReviewItem, 'change' | 'edited' | 'base'>;

/** Bytes of one side; empty for an absent file and for a folder; a link's target as text. */
export async function readSide(source: ByteSource, item: Sided, side: Side): Promise<Uint8Array> {
  const state = stateOf(item, side);
  const isAgents = side === 'after' || side === 'agent';
  return isAgents ? readStored(source, state) : readReal(source, item.change.path, state);
}

export async function readTexts(source: ByteSource, item: ReviewItem): Promise<ProposalTexts | undefined> {
  if (item.decision === 'applied' || item.change.status === 'refused') return undefined;
  const before = await readSide(source, item, 'before');
  return toTexts(item.change, before, await readSide(source, item, 'after'));
}

export function stateOf({ change, edited, base }: Sided, side: Side): FileState {
  switch (side) {
    case 'before':
    case 'after':
      return change[side];
    case 'base':
      return base ?? change.before;
    case 'agent':
      return edited ?? change.after;
  }
}

async function readStored({ blobs }: ByteSource, state: FileState): Promise<Uint8Array> {
  if (state.kind === 'absent' || state.kind === 'directory') return new Uint8Array();
  return state.kind === 'symlink' ? Buffer.from(state.target) : blobs.get(state.sha256);
}

/** Of a real file no copy may have been kept: then it is read where it is, if it is still that. */
async function readReal(source: ByteSource, path: string, state: FileState): Promise<Uint8Array> {
  try {
    return await readStored(source, state);
  } catch (error) {
    if (state.kind !== 'file' || !(error instanceof BlobError)) throw error;
    const live = await new LiveWorkspace(source.workspace).read(path);
    if (live.kind === 'file' && live.sha256 === state.sha256 && live.bytes !== undefined) return live.bytes;
    throw error;
  }
}
