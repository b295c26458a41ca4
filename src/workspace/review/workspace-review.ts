import { resolve } from 'node:path';
import { Emitter } from '../../base/emitter.js';
import { errors } from '../../base/errors.js';
import type { WorkspacePath } from '../../base/workspace-path.js';
import type { Applier } from '../apply/applier.js';
import { BlobStore } from '../blob-store.js';
import { type Change, changeKey, type FileState, isFolder } from '../changes.js';
import type { Hunk } from '../hunks/hunks.js';
import { LiveWorkspace, stateBefore } from '../live-workspace.js';
import { assessProposals } from '../risk/assess-proposals.js';
import type { FindSecrets } from '../risk/secrets.js';
import { approveChosen } from './approve-chosen.js';
import { type Approved, approveItems, findObstacle } from './approve-items.js';
import { carryEdits } from './carry-edits.js';
import { carryMarks } from './carry-marks.js';
import { chooseShown } from './choose-shown.js';
import { commentOnItem } from './comment-on-item.js';
import { decideHunk, rejectHunk, rejectItem } from './decide-hunks.js';
import { beginMerge, editItem, resetItem } from './edit-items.js';
import { findNews } from './find-news.js';
import { keepRest } from './keep-rest.js';
import { listMarked, markItem, markItems } from './mark-items.js';
import type { MarkWish } from './marks.js';
import { mergeCollection } from './merge-collection.js';
import { gone } from './refusals.js';
import type { ApplyOutcome, OnDecision, Review, ReviewedChange, Side } from './review-api.js';
import { readSide, readTexts } from './review-bytes.js';
import { type ReviewContext, reportDecision } from './review-context.js';
import type { Feedback, ReviewItem } from './review-file.js';
import { ReviewItems, type StoredItems } from './review-items.js';
import { listReviewed, toReviewed } from './to-reviewed.js';

export class WorkspaceReview implements Review {
  readonly sessionId: string;
  readonly workspace: string;
  readonly createdAt: number;
  readonly prompt: string;
  readonly agent: string | undefined;
  readonly blobs: BlobStore;
  readonly #emitter = new Emitter<void>();
  readonly #items: ReviewItems;
  /** One step at a time: steps of two commands never interleave, of two processes neither. */
  #last: Promise<unknown> = Promise.resolve();

  constructor(
    readonly sessionDir: string,
    stored: StoredItems,
    readonly applier: Applier,
    readonly onDecision: OnDecision = () => undefined,
    findSecrets?: FindSecrets,
  ) {
    const { file } = stored;
    this.sessionId = file.sessionId;
    this.workspace = resolve(file.workspace);
    this.createdAt = file.createdAt;
    this.prompt = file.prompt;
    this.agent = file.agent;
    this.blobs = new BlobStore(sessionDir);
    this.#items = new ReviewItems(
      sessionDir,
      { ...stored, file: { ...file, workspace: this.workspace } },
      (items) => assessProposals(items, (item, side) => readSide(this, item, side), findSecrets),
    );
  }

  /** What Airlock wrote to the real workspace, for `deriveChanges`. */
  get written(): ReadonlyMap<WorkspacePath, FileState> {
    return this.#items.written;
  }

  list(): readonly ReviewedChange[] {
    return listReviewed(this.#items.values());
  }

  get(path: string): ReviewedChange | undefined {
    const item = this.#items.get(path);
    return item === undefined ? undefined : toReviewed(item, this.#items.values());
  }

  onDidChange(listener: () => void): () => void {
    return this.#emitter.on(listener);
  }

  /** Takes a new collection; decisions on what did not change stay. */
  update(changes: readonly Change[], hostEdited: ReadonlySet<WorkspacePath>): Promise<void> {
    return this.#step(async () => {
      const known = this.#items.all;
      const carried = await carryEdits(known, changes, this.#context);
      const merged = mergeCollection(known, changes, hostEdited, carried);
      await carryMarks(known, merged, this.#context);
      this.#items.replaceAll(merged);
      await this.#items.save();
      const news = findNews(known, this.#items.values());
      await Promise.all(
        news.map(({ change, decision, detail }) => reportDecision(this.#context, change, decision, detail)),
      );
    });
  }

  async read(path: string, side: Side): Promise<Uint8Array> {
    return readSide(this.#context, this.#items.require(path), side);
  }

  edit(
    path: string,
    bytes: Uint8Array,
    { isDraft = false }: { readonly isDraft?: boolean } = {},
  ): Promise<void> {
    return this.#step(() => editItem(this.#context, this.#requireText(path), bytes, isDraft));
  }

  resetProposal(path: string): Promise<boolean> {
    return this.#step(() => resetItem(this.#context, this.#requireOpen(path)));
  }

  beginMerge(path: string, key: string): Promise<boolean> {
    return this.#step(async () => {
      const item = this.#requireOpen(path);
      return changeKey(item.change) === key && (await beginMerge(this.#context, item));
    });
  }

  approve(path: string, key: string, overwrite?: { readonly live: FileState }): Promise<ApplyOutcome> {
    return this.#step(async () => {
      const item = this.#items.get(path);
      const obstacle = await findObstacle(this.#context, path, key, overwrite !== undefined);
      if (item === undefined || obstacle !== undefined) return obstacle ?? gone(path);
      return this.#approveOne({ item, expected: overwrite?.live ?? item.change.before });
    });
  }

  async hunks(path: string): Promise<readonly Hunk[]> {
    return (await readTexts(this.#context, this.#items.require(path)))?.hunks ?? [];
  }

  approveHunk(path: string, key: string, hunk: string): Promise<ApplyOutcome> {
    return this.#step(async () => {
      const item = this.#items.get(path);
      const obstacle = await findObstacle(this.#context, path, key, false);
      if (item === undefined || obstacle !== undefined) return obstacle ?? gone(path);
      const approved = await decideHunk(this.#context, item, hunk);
      return approved === undefined ? gone(path) : this.#approveOne(approved);
    });
  }

  rejectHunk(path: string, key: string, hunk: string): Promise<boolean> {
    return this.#step(async () => {
      const item = this.#items.require(path);
      const isDone = changeKey(item.change) === key && (await rejectHunk(this.#context, item, hunk));
      if (isDone) await this.#items.save();
      return isDone;
    });
  }

  approveAll(shown: ReadonlyMap<string, string>): Promise<readonly ApplyOutcome[]> {
    return this.#step(() => approveChosen(this.#context, chooseShown(this.#items.values(), shown)));
  }

  approveSome(shown: ReadonlyMap<string, string>): Promise<readonly ApplyOutcome[]> {
    const isShown = ({ change }: ReviewItem) => shown.has(change.path);
    return this.#step(() => {
      const items = this.#items.values();
      return approveChosen(this.#context, chooseShown(items.filter(isShown), shown, items));
    });
  }

  mark(path: string, key: string, wish: MarkWish): Promise<boolean> {
    return this.#step(async () => {
      const isDone = await markItem(this.#context, path, key, wish);
      if (isDone) await this.#items.save();
      return isDone;
    });
  }

  markAll(shown: ReadonlyMap<string, string>, isMarked: boolean): Promise<void> {
    return this.#step(async () => {
      markItems(this.#context, shown, isMarked);
      await this.#items.save();
    });
  }

  applyMarked(confirmed: ReadonlyMap<string, string>): Promise<readonly ApplyOutcome[]> {
    return this.#step(async () => {
      const { approved, guarded } = await listMarked(this.#context, confirmed);
      return approveChosen(this.#context, { ordinary: approved, guarded, moved: [] });
    });
  }

  feedback(): readonly Feedback[] {
    return this.#items.feedback;
  }

  comment(path: string, line: number, text: string): Promise<string> {
    return this.#step(() => commentOnItem(this.#context, this.#items.require(path), line, text));
  }

  dropFeedback(ids: readonly string[]): Promise<void> {
    return this.#step(async () => {
      const dropped = new Set(ids);
      this.#items.feedback = this.#items.feedback.filter(({ id }) => !dropped.has(id));
      await this.#items.save();
    });
  }

  reject(path: string): Promise<void> {
    return this.#step(async () => {
      await rejectItem(this.#context, this.#items.require(path));
      await this.#items.save();
    });
  }

  rejectSome(paths: readonly string[]): Promise<void> {
    return this.#rejectOpen(() => paths.map((path) => this.#items.get(path)));
  }

  rejectAll(): Promise<void> {
    return this.#rejectOpen(() => this.#items.values());
  }

  reopen(paths: readonly string[]): Promise<void> {
    return this.#step(async () => {
      for (const path of paths) {
        const item = this.#items.get(path);
        if (item === undefined) continue;
        const live = await new LiveWorkspace(this.workspace).read(path);
        if (live.kind === 'file' && live.bytes !== undefined) await this.blobs.put(live.bytes);
        await keepRest(this.#context, item, stateBefore(live, item.change.after));
        this.#items.feedback = this.#items.feedback.filter(
          (one) => one.kind === 'comment' || one.path !== path,
        );
        await reportDecision(this.#context, item.change, 'undone');
      }
      await this.#items.save();
    });
  }

  /** Takes over what another process has stored since, if it has. False when the review is gone. */
  async refresh(): Promise<boolean> {
    await this.#last;
    if (await this.#items.isStale()) await this.#step(() => Promise.resolve());
    return !this.#items.isDiscarded;
  }

  discard(): Promise<void> {
    return this.#step(async () => {
      await this.blobs.clear();
      await this.#items.discard();
    });
  }

  get #context(): ReviewContext {
    const { sessionId, workspace, blobs, applier, onDecision } = this;
    return { sessionId, workspace, blobs, applier, onDecision, items: this.#items };
  }

  /** A change that still can be made another one. */
  #requireOpen(path: string): ReviewItem {
    const item = this.#items.require(path);
    const { status, reason = 'it can never be applied' } = item.change;
    if (status === 'refused') throw errors.applyFailed(path, reason);
    if (item.decision === 'applied')
      throw errors.applyFailed(path, 'it is in the workspace already; edit it there');
    return item;
  }

  #requireText(path: string): ReviewItem {
    const item = this.#requireOpen(path);
    if (isFolder(item.change)) throw errors.applyFailed(path, 'it is a folder');
    return item;
  }

  #rejectOpen(list: () => Iterable<ReviewItem | undefined>): Promise<void> {
    return this.#step(async () => {
      for (const item of list()) {
        if (item?.decision === 'pending' || item?.decision === 'conflict')
          await rejectItem(this.#context, item);
      }
      await this.#items.save();
    });
  }

  async #approveOne(approved: Approved): Promise<ApplyOutcome> {
    const [outcome] = await approveItems(this.#context, [approved]);
    return outcome ?? gone(approved.item.change.path);
  }

  #step<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#last.then(async () => {
      try {
        return await this.#items.exclusively(work);
      } finally {
        this.#emitter.emit();
      }
    });
    this.#last = result.catch(() => undefined); // The caller has the failure; the next step starts all the same.
    return result;
  }
}
