import { resolve } from 'node:path';
import { Emitter } from '../base/emitter.js';
import { errors } from '../base/errors.js';
import type { WorkspacePath } from '../base/workspace-path.js';
import type { Applier } from './apply/applier.js';
import type { ApplyItem } from './apply/scan.js';
import { BlobError, BlobStore } from './blob-store.js';
import { type Change, type ChangeDecision, changeKey, type FileState } from './changes.js';
import { chooseShown } from './choose-shown.js';
import { countLines } from './count-lines.js';
import { findNews } from './find-news.js';
import { LiveWorkspace, toFileState } from './live-workspace.js';
import { mergeCollection } from './merge-collection.js';
import type { ApplyOutcome, DecisionRecord, OnDecision, Review, ReviewedChange, Side } from './review-api.js';
import { type ReviewFile, type ReviewItem, removeReviewFiles, saveReviewFile } from './review-file.js';
import { toReviewed } from './to-reviewed.js';

export class WorkspaceReview implements Review {
  readonly sessionId: string;
  readonly workspace: string;
  readonly createdAt: number;
  readonly prompt: string;
  readonly blobs: BlobStore;
  readonly #emitter = new Emitter<void>();
  #items: Map<WorkspacePath, ReviewItem>;
  readonly #written: Map<WorkspacePath, FileState>;
  /** One step at a time: steps of two commands never interleave. */
  #last: Promise<unknown> = Promise.resolve();
  #discarded = false;

  constructor(
    readonly sessionDir: string,
    file: ReviewFile,
    readonly applier: Applier,
    readonly onDecision: OnDecision = () => undefined,
  ) {
    this.sessionId = file.sessionId;
    this.workspace = resolve(file.workspace);
    this.createdAt = file.createdAt;
    this.prompt = file.prompt;
    this.blobs = new BlobStore(sessionDir);
    this.#items = new Map(file.items.map((item) => [item.change.path, item]));
    this.#written = new Map(file.written);
  }

  /** What Airlock wrote to the real workspace, for `deriveChanges`. */
  get written(): ReadonlyMap<WorkspacePath, FileState> {
    return this.#written;
  }

  list(): readonly ReviewedChange[] {
    return [...this.#items.values()].map(toReviewed);
  }

  get(path: string): ReviewedChange | undefined {
    const item = this.#items.get(path);
    return item === undefined ? undefined : toReviewed(item);
  }

  onDidChange(listener: () => void): () => void {
    return this.#emitter.on(listener);
  }

  /** Takes a new collection; decisions on what did not change stay. */
  update(changes: readonly Change[], hostEdited: ReadonlySet<WorkspacePath>): Promise<void> {
    return this.#step(async () => {
      const known = this.#items;
      this.#items = mergeCollection(known, changes, hostEdited);
      await this.#save();
      const news = findNews(known, this.#items.values());
      await Promise.all(news.map(({ change, decision, detail }) => this.#report(change, decision, detail)));
    });
  }

  async read(path: string, side: Side): Promise<Uint8Array> {
    const change = this.#require(path).change;
    const state = change[side];
    if (state.kind === 'absent') return new Uint8Array();
    if (state.kind === 'symlink') return Buffer.from(state.target);
    try {
      return await this.blobs.get(state.sha256);
    } catch (error) {
      if (side === 'after' || !(error instanceof BlobError)) throw error;
      return this.#readLive(path, state.sha256, error);
    }
  }

  edit(path: string, bytes: Uint8Array): Promise<void> {
    return this.#step(async () => {
      const item = this.#require(path);
      const { change } = item;
      if (change.status === 'refused')
        throw errors.applyFailed(path, change.reason ?? 'it can never be applied');
      if (item.decision === 'applied')
        throw errors.applyFailed(path, 'it is in the workspace already; edit it there');
      const sha = await this.blobs.put(bytes);
      const mode = [change.after, change.before].find((state) => state.kind === 'file')?.mode ?? 0o644;
      const after: FileState = { kind: 'file', sha256: sha, size: bytes.length, mode };
      const lines = countLines(await this.read(path, 'before'), bytes);
      const status = change.before.kind === 'absent' ? 'added' : 'modified';
      const { conflict, ...rest } = item;
      const decision = item.hostEdited ? 'conflict' : 'pending';
      const edited: ReviewItem = {
        ...rest,
        change: { ...change, status, after, ...lines },
        decision,
        edited: item.edited ?? change.after,
      };
      this.#items.set(path, item.hostEdited && conflict !== undefined ? { ...edited, conflict } : edited);
      await this.#save();
      await this.#report(edited.change, 'edited');
    });
  }

  approve(path: string, key: string, overwrite?: { readonly live: FileState }): Promise<ApplyOutcome> {
    return this.#step(async () => {
      const item = this.#items.get(path);
      if (item === undefined) return { kind: 'refused', path, reason: 'there is no such change any more' };
      if (changeKey(item.change) !== key)
        return this.#conflict(item, 'the proposal is not the one that was shown');
      if (item.hostEdited && overwrite === undefined && item.decision !== 'applied') {
        return this.#conflict(item, item.conflict ?? 'the real file was edited during the session');
      }
      const expected = overwrite?.live ?? item.change.before;
      const [outcome] = await this.#apply([{ item, expected }]);
      return outcome ?? { kind: 'refused', path, reason: 'nothing came of it' };
    });
  }

  approveAll(shown: ReadonlyMap<string, string>): Promise<readonly ApplyOutcome[]> {
    return this.#step(async () => {
      const { ordinary, guarded, moved } = chooseShown([...this.#items.values()], shown);
      const applied = await this.#apply(ordinary.map((item) => ({ item, expected: item.change.before })));
      const refused = guarded.map(({ item, reason }) =>
        refuse(item.change, `protected, to be approved on its own: ${reason}`),
      );
      const conflicts = moved.map((item) =>
        this.#conflict(item, item.conflict ?? 'it changed since it was shown'),
      );
      return [...refused, ...applied, ...(await Promise.all(conflicts))];
    });
  }

  reject(path: string): Promise<void> {
    return this.#step(async () => {
      await this.#reject(this.#require(path));
      await this.#save();
    });
  }

  rejectAll(): Promise<void> {
    return this.#step(async () => {
      for (const item of this.#items.values()) {
        if (item.decision === 'pending' || item.decision === 'conflict') await this.#reject(item);
      }
      await this.#save();
    });
  }

  reopen(paths: readonly string[]): Promise<void> {
    return this.#step(async () => {
      for (const path of paths) {
        const item = this.#items.get(path);
        if (item?.decision !== 'applied') continue;
        this.#written.set(path, item.change.before);
        this.#decide(item, 'pending');
        await this.#report(item.change, 'undone');
      }
      await this.#save();
    });
  }

  discard(): Promise<void> {
    return this.#step(async () => {
      this.#discarded = true;
      this.#items.clear();
      await this.blobs.clear();
      await removeReviewFiles(this.sessionDir);
    });
  }

  /** All that can be applied at once, or nothing of it. */
  async #apply(
    chosen: readonly { readonly item: ReviewItem; readonly expected: FileState }[],
  ): Promise<readonly ApplyOutcome[]> {
    const refused = chosen.filter(({ item }) => item.change.status === 'refused');
    const taken = chosen.filter(({ item }) => item.change.status !== 'refused');
    for (const { item } of taken) {
      await this.#report(item.change, 'approved');
      this.#decide(item, 'approved');
    }
    await this.#save();
    const items: readonly ApplyItem[] = taken.map(({ item, expected }) => ({
      path: item.change.path,
      expected,
      after: item.change.after,
    }));
    const outcomes = await this.applier.apply(this.sessionId, items, (sha) => this.blobs.get(sha));
    const byPath = new Map(outcomes.map((outcome) => [outcome.path, outcome]));
    for (const { item } of taken) await this.#settle(item, byPath.get(item.change.path));
    await this.#save();
    return [...outcomes, ...refused.map(({ item }) => refuse(item.change))];
  }

  async #settle(item: ReviewItem, outcome: ApplyOutcome | undefined): Promise<void> {
    const { change } = item;
    switch (outcome?.kind) {
      case 'applied':
        this.#written.set(change.path, change.after);
        this.#decide(item, 'applied');
        return this.#report(change, 'applied');
      case 'conflict':
        this.#decide(item, 'conflict', outcome.reason);
        return this.#report(change, 'conflict', outcome.reason);
      case 'refused':
        this.#decide(item, item.decision, item.conflict);
        return this.#report(change, 'refused', outcome.reason);
      case 'failed':
        this.#decide(item, item.decision, item.conflict);
        return this.#report(change, 'failed', outcome.error.message);
      case undefined:
        this.#decide(item, item.decision, item.conflict);
    }
  }

  async #conflict(item: ReviewItem, reason: string): Promise<ApplyOutcome> {
    const { path } = item.change;
    const live = toFileState(await new LiveWorkspace(this.workspace).read(path)) ?? { kind: 'absent' };
    return { kind: 'conflict', path, reason, live };
  }

  async #reject(item: ReviewItem): Promise<void> {
    if (item.decision === 'applied') return;
    this.#decide(item, 'rejected');
    await this.#report(item.change, 'rejected');
  }

  #decide(item: ReviewItem, decision: ChangeDecision, conflict?: string): void {
    const { conflict: _, ...rest } = item;
    const decided = conflict === undefined ? { ...rest, decision } : { ...rest, decision, conflict };
    this.#items.set(item.change.path, decided);
  }

  async #report(
    change: ReviewItem['change'],
    decision: DecisionRecord['decision'],
    detail?: string,
  ): Promise<void> {
    const { path, before, after } = change;
    await this.onDecision({ path, decision, before, after, ...(detail === undefined ? {} : { detail }) });
  }

  async #readLive(path: string, sha: string, cause: BlobError): Promise<Uint8Array> {
    const live = await new LiveWorkspace(this.workspace).read(path);
    if (live.kind === 'file' && live.sha256 === sha && live.bytes !== undefined) return live.bytes;
    throw cause;
  }

  #require(path: string): ReviewItem {
    const item = this.#items.get(path);
    if (item === undefined) throw errors.applyFailed(path, 'there is no such change any more');
    return item;
  }

  #step<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#last.then(async () => {
      try {
        return await work();
      } finally {
        this.#emitter.emit();
      }
    });
    this.#last = result.catch(() => undefined); // The caller has the failure; the next step starts all the same.
    return result;
  }

  async #save(): Promise<void> {
    if (this.#discarded) return;
    const { sessionId, workspace, createdAt, prompt } = this;
    const items = [...this.#items.values()];
    await saveReviewFile(this.sessionDir, {
      version: 1,
      sessionId,
      workspace,
      createdAt,
      prompt,
      items,
      written: [...this.#written],
    });
  }
}

function refuse({ path, reason }: Change, why = reason ?? 'it can never be applied'): ApplyOutcome {
  return { kind: 'refused', path, reason: why };
}
