import type { WorkspacePath } from '../base/workspace-path.js';
import type { BlobStore } from './blob-store.js';
import { type Change, type FileState, stateKey } from './changes.js';
import { countLines } from './count-lines.js';
import { carryDecisions } from './hunks/carry-decisions.js';
import { decodeText } from './hunks/split-lines.js';
import { storeText } from './proposal-texts.js';
import { readSide } from './review-bytes.js';
import type { ReviewItem } from './review-file.js';

/** A new proposal of the agent with the user's edits and rejections of the former one in it. */
export interface CarriedEdit {
  readonly change: Change;
  /** The agent's own proposal. */
  readonly edited: FileState;
  /** What the user had, where the agent changed the very lines that the user had decided on. */
  readonly superseded?: FileState;
}

/** For each file that the user edited or rejected parts of, and that the agent has gone on with. */
export async function carryEdits(
  known: ReadonlyMap<WorkspacePath, ReviewItem>,
  changes: readonly Change[],
  blobs: BlobStore,
  workspace: string,
): Promise<ReadonlyMap<WorkspacePath, CarriedEdit>> {
  const carried = new Map<WorkspacePath, CarriedEdit>();
  for (const change of changes) {
    const item = known.get(change.path);
    if (item?.edited === undefined || stateKey(item.edited) === stateKey(change.after)) continue;
    const result = await carryOne(item, item.edited, change, blobs, workspace);
    if (result !== undefined) carried.set(change.path, result);
  }
  return carried;
}

async function carryOne(
  item: ReviewItem,
  edited: FileState,
  change: Change,
  blobs: BlobStore,
  workspace: string,
): Promise<CarriedEdit | undefined> {
  const former = item.change.after;
  if (edited.kind !== 'file' || former.kind !== 'file' || change.after.kind !== 'file') return undefined;
  const [proposed, reviewed, next] = (
    await Promise.all([edited, former, change.after].map(({ sha256 }) => blobs.get(sha256)))
  ).map(decodeText);
  if (proposed === undefined || reviewed === undefined || next === undefined) return undefined;
  const { text, changed } = carryDecisions({ proposed, reviewed, next });
  const after = await storeText(blobs, text, change.after);
  const before = await readSide(blobs, workspace, change, 'before');
  const lines = countLines(before, Buffer.from(text));
  const result = { change: { ...change, after, ...lines }, edited: change.after };
  return changed.length === 0 ? result : { ...result, superseded: former };
}
