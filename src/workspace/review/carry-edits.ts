import type { WorkspacePath } from '../../base/workspace-path.js';
import { type Change, type FileState, stateKey } from '../changes.js';
import { countLines } from '../count-lines.js';
import { carryDecisions } from '../hunks/carry-decisions.js';
import { decodeText } from '../hunks/split-lines.js';
import { toItemChange } from './merge-collection.js';
import { storeText } from './proposal-texts.js';
import { type ByteSource, readSide } from './review-bytes.js';
import type { ReviewItem } from './review-file.js';

/** A new proposal of the agent with the user's edits and rejections of the former one in it. */
export interface CarriedEdit {
  readonly change: Change;
  /** The agent's own proposal. */
  readonly edited: FileState;
  /** What the user had, where the agent changed the very lines that the user had decided on. */
  readonly superseded?: FileState;
}

/** For each file that the user edited or rejected, wholly or in parts, and that the agent has gone on with. */
export async function carryEdits(
  known: ReadonlyMap<WorkspacePath, ReviewItem>,
  changes: readonly Change[],
  source: ByteSource,
): Promise<ReadonlyMap<WorkspacePath, CarriedEdit>> {
  const carried = new Map<WorkspacePath, CarriedEdit>();
  for (const change of changes) {
    const item = known.get(change.path);
    if (item === undefined) continue;
    const edited = item.edited ?? (item.decision === 'rejected' ? item.change.after : undefined);
    if (edited === undefined || stateKey(edited) === stateKey(change.after)) continue;
    const result = await carryOne(item, edited, change, source);
    if (result !== undefined) carried.set(change.path, result);
  }
  return carried;
}

async function carryOne(
  item: ReviewItem,
  edited: FileState,
  change: Change,
  source: ByteSource,
): Promise<CarriedEdit | undefined> {
  const { blobs } = source;
  // To reject a file is to want it as it was.
  const former = item.decision === 'rejected' ? item.change.before : item.change.after;
  if (edited.kind !== 'file' || former.kind !== 'file' || change.after.kind !== 'file') return undefined;
  const formerBytes = await readSide(source, item, item.decision === 'rejected' ? 'before' : 'after');
  const [proposed, reviewed, next] = [
    await blobs.get(edited.sha256),
    formerBytes,
    await blobs.get(change.after.sha256),
  ].map(decodeText);
  if (proposed === undefined || reviewed === undefined || next === undefined) return undefined;
  const { text, changed } = carryDecisions({ proposed, reviewed, next });
  const after = await storeText(blobs, text, change.after);
  const before = await readSide(source, { change: toItemChange(change) }, 'before');
  const lines = countLines(before, Buffer.from(text));
  const result = { change: { ...change, after, ...lines }, edited: change.after };
  return changed.length === 0 ? result : { ...result, superseded: former };
}
