import { Applier, type OnRecovery } from '../apply/applier.js';
import { BlobStore } from '../blob-store.js';
import { stateKey } from '../changes.js';
import { LiveWorkspace, toFileState } from '../live-workspace.js';
import { assessProposals } from '../risk/assess-proposals.js';
import type { FindSecrets } from '../risk/secrets.js';
import type { OnDecision, Side } from './review-api.js';
import { readSide } from './review-bytes.js';
import {
  type LoadedReview,
  loadReviewFile,
  type ReviewFile,
  type ReviewItem,
  readStamp,
  saveReviewFile,
} from './review-file.js';
import type { StoredItems } from './review-items.js';
import { WorkspaceReview } from './workspace-review.js';

export type { DecisionRecord, OnDecision } from './review-api.js';
export { WorkspaceReview };

export interface ReviewMeta {
  readonly sessionId: string;
  /** Absolute, links resolved. */
  readonly workspace: string;
  readonly createdAt: number;
  readonly prompt: string;
  /** The agent's name. */
  readonly agent?: string;
}

/** Where a review is kept, and who is told of what becomes of it. */
export interface ReviewStorage {
  /** The session's own folder. */
  readonly dir: string;
  /** The extension's or the CLI's, for what applies of all sessions share. */
  readonly stateDir: string;
  readonly onDecision?: OnDecision;
  readonly onRecovery?: OnRecovery;
  /** Looks for secrets in what is proposed; without it nobody does. */
  readonly findSecrets?: FindSecrets;
}

export type OpenedReview =
  | { readonly kind: 'open'; readonly review: WorkspaceReview }
  | { readonly kind: 'none' }
  /** The file was moved to `movedTo`; the stored bytes are untouched. */
  | { readonly kind: 'damaged'; readonly movedTo: string; readonly reason: string };

/** A new, empty review in the session's directory, already on the disk. */
export async function createReview(storage: ReviewStorage, meta: ReviewMeta): Promise<WorkspaceReview> {
  const file: ReviewFile = { version: 1, ...meta, items: [], written: [] };
  await saveReviewFile(storage.dir, file);
  return open(storage, { file, stamp: await readStamp(storage.dir) });
}

/** The review that an earlier session left. An approval cut short by a crash is pending again, unless it was finished. */
export async function openReview(storage: ReviewStorage): Promise<OpenedReview> {
  const loaded = await loadSettled(storage);
  return loaded.kind === 'loaded' ? { kind: 'open', review: open(storage, loaded) } : loaded;
}

function open(storage: ReviewStorage, { file, stamp }: Omit<StoredItems, 'reload'>): WorkspaceReview {
  const reload = async () => {
    const loaded = await loadSettled(storage);
    return loaded.kind === 'loaded' ? loaded : undefined;
  };
  const applier = openApplier(storage, file.workspace);
  const { dir, onDecision, findSecrets } = storage;
  return new WorkspaceReview(dir, { file, stamp, reload }, applier, onDecision, findSecrets);
}

async function loadSettled(storage: ReviewStorage): Promise<LoadedReview> {
  const loaded = await loadReviewFile(storage.dir);
  if (loaded.kind !== 'loaded') return loaded;
  const { file, stamp } = loaded;
  if (file.items.some(({ decision }) => decision === 'approved'))
    await openApplier(storage, file.workspace).recover();
  const live = new LiveWorkspace(file.workspace);
  const items = await Promise.all(file.items.map((item) => settleApproved(item, live)));
  const applied = items.filter(
    (item, index) => item.decision !== file.items[index]?.decision && item.decision === 'applied',
  );
  const assessed = await assessProposals(
    items,
    readSidesOf(storage.dir, file.workspace),
    storage.findSecrets,
  );
  const byPath = new Map([...items, ...assessed].map((item) => [item.change.path, item]));
  const written = [...file.written, ...applied.map(({ change }) => [change.path, change.after] as const)];
  const settled: ReviewFile = {
    ...file,
    items: [...byPath.values()],
    written: written.map(([path, state]) => [path, state]),
  };
  return { kind: 'loaded', file: settled, stamp };
}

function readSidesOf(dir: string, workspace: string) {
  const source = { blobs: new BlobStore(dir), workspace };
  return (item: ReviewItem, side: Side) => readSide(source, item, side);
}

function openApplier({ stateDir, onRecovery }: ReviewStorage, workspace: string): Applier {
  return new Applier(stateDir, workspace, onRecovery);
}

async function settleApproved(item: ReviewItem, live: LiveWorkspace): Promise<ReviewItem> {
  if (item.decision !== 'approved') return item;
  const state = toFileState(await live.read(item.change.path));
  const isWritten = state !== undefined && stateKey(state) === stateKey(item.change.after);
  return { ...item, decision: isWritten ? 'applied' : 'pending' };
}
