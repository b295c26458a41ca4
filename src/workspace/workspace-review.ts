import { resolve } from 'node:path';
import { Emitter } from '../base/emitter.js';
import { errors } from '../base/errors.js';
import type { WorkspacePath } from '../base/workspace-path.js';
import type { Applier } from './apply/applier.js';
import type { ApplyItem } from './apply/scan.js';
import { BlobStore } from './blob-store.js';
import { carryEdits } from './carry-edits.js';
import { type Change, changeKey, type FileState, isFolder, stateKey } from './changes.js';
import { chooseShown } from './choose-shown.js';
import { countLines } from './count-lines.js';
import { findNews } from './find-news.js';
import type { Hunk } from './hunks/hunks.js';
import { LiveWorkspace, stateBefore, toFileState } from './live-workspace.js';
import { mergeCollection } from './merge-collection.js';
import { storeText, withOnly, without } from './proposal-texts.js';
import { gone, refuse, whyNot } from './refusals.js';
import type { ApplyOutcome, DecisionRecord, OnDecision, Review, ReviewedChange, Side } from './review-api.js';
import { readSide, readTexts } from './review-bytes.js';
import type { ReviewFile, ReviewItem } from './review-file.js';
import { ReviewItems } from './review-items.js';
import { withBase, withHunk, withProposal } from './revise-item.js';
import { toReviewed } from './to-reviewed.js';

/** What is to be written of a change: all of it, or one hunk. */
interface Approved {
  readonly item: ReviewItem;
  readonly expected: FileState;
  readonly part?: { readonly hunk: string; readonly state: FileState };
}

export class WorkspaceReview implements Review {
  readonly sessionId: string;
  readonly workspace: string;
  readonly createdAt: number;
  readonly prompt: string;
  readonly blobs: BlobStore;
  readonly #emitter = new Emitter<void>();
  readonly #items: ReviewItems;
  /** One step at a time: steps of two commands never interleave. */
  #last: Promise<unknown> = Promise.resolve();

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
    this.#items = new ReviewItems(sessionDir, { ...file, workspace: this.workspace });
  }

  /** What Airlock wrote to the real workspace, for `deriveChanges`. */
  get written(): ReadonlyMap<WorkspacePath, FileState> {
    return this.#items.written;
  }

  list(): readonly ReviewedChange[] {
    return this.#items.values().map(toReviewed);
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
      const known = this.#items.all;
      const carried = await carryEdits(known, changes, this.blobs, this.workspace);
      this.#items.replaceAll(mergeCollection(known, changes, hostEdited, carried));
      await this.#items.save();
      const news = findNews(known, this.#items.values());
      await Promise.all(news.map(({ change, decision, detail }) => this.#report(change, decision, detail)));
    });
  }

  async read(path: string, side: Side): Promise<Uint8Array> {
    return readSide(this.blobs, this.workspace, this.#items.require(path).change, side);
  }

  edit(path: string, bytes: Uint8Array): Promise<void> {
    return this.#step(async () => {
      const item = this.#items.require(path);
      const { change } = item;
      if (change.status === 'refused')
        throw errors.applyFailed(path, change.reason ?? 'it can never be applied');
      if (isFolder(change)) throw errors.applyFailed(path, 'it is a folder');
      if (item.decision === 'applied')
        throw errors.applyFailed(path, 'it is in the workspace already; edit it there');
      const sha = await this.blobs.put(bytes);
      const mode = [change.after, change.before].find((state) => state.kind === 'file')?.mode ?? 0o644;
      const after: FileState = { kind: 'file', sha256: sha, size: bytes.length, mode };
      const edited = withProposal(item, after, countLines(await this.read(path, 'before'), bytes));
      this.#items.set(edited);
      await this.#items.save();
      await this.#report(edited.change, 'edited');
    });
  }

  approve(path: string, key: string, overwrite?: { readonly live: FileState }): Promise<ApplyOutcome> {
    return this.#step(async () => {
      const item = this.#items.get(path);
      const obstacle = await this.#findObstacle(path, key, overwrite !== undefined);
      if (item === undefined || obstacle !== undefined) return obstacle ?? gone(path);
      const expected = overwrite?.live ?? item.change.before;
      const [outcome] = await this.#apply([{ item, expected }]);
      return outcome ?? { kind: 'refused', path, reason: 'nothing came of it' };
    });
  }

  async hunks(path: string): Promise<readonly Hunk[]> {
    return (await readTexts(this.blobs, this.workspace, this.#items.require(path)))?.hunks ?? [];
  }

  approveHunk(path: string, key: string, hunk: string): Promise<ApplyOutcome> {
    return this.#step(async () => {
      const item = this.#items.get(path);
      const obstacle = await this.#findObstacle(path, key, false);
      if (item === undefined || obstacle !== undefined) return obstacle ?? gone(path);
      const texts = await readTexts(this.blobs, this.workspace, item);
      if (texts === undefined || !texts.hunks.some((one) => one.key === hunk)) return gone(path);
      const { before, after } = item.change;
      const mode = before.kind === 'file' ? before : after;
      const isLast = texts.hunks.length === 1;
      const state = isLast ? after : await storeText(this.blobs, withOnly(texts, hunk), mode);
      const [outcome = gone(path)] = await this.#apply([{ item, expected: before, part: { hunk, state } }]);
      return outcome;
    });
  }

  rejectHunk(path: string, key: string, hunk: string): Promise<boolean> {
    return this.#step(async () => {
      const item = this.#items.require(path);
      const texts = await readTexts(this.blobs, this.workspace, item);
      if (changeKey(item.change) !== key || texts?.hunks.every((one) => one.key !== hunk) !== false)
        return false;
      if (texts.hunks.length === 1) await this.#reject(item);
      else {
        const after = await storeText(this.blobs, without(texts, hunk), item.change.after);
        const lines = countLines(Buffer.from(texts.before), await this.blobs.get(after.sha256));
        const rest = withHunk(withProposal(item, after, lines), hunk, 'rejected');
        this.#items.set(rest);
        await this.#report(rest.change, 'edited', 'a part of it was rejected');
      }
      await this.#items.save();
      return true;
    });
  }

  approveAll(shown: ReadonlyMap<string, string>): Promise<readonly ApplyOutcome[]> {
    return this.#step(async () => {
      const { ordinary, guarded, moved } = chooseShown(this.#items.values(), shown);
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
      await this.#reject(this.#items.require(path));
      await this.#items.save();
    });
  }

  rejectAll(): Promise<void> {
    return this.#step(async () => {
      for (const item of this.#items.values()) {
        if (item.decision === 'pending' || item.decision === 'conflict') await this.#reject(item);
      }
      await this.#items.save();
    });
  }

  reopen(paths: readonly string[]): Promise<void> {
    return this.#step(async () => {
      for (const path of paths) {
        const item = this.#items.get(path);
        if (item === undefined) continue;
        const live = await new LiveWorkspace(this.workspace).read(path);
        if (live.kind === 'file' && live.bytes !== undefined) await this.blobs.put(live.bytes);
        await this.#keepRest(item, stateBefore(live, item.change.after));
        await this.#report(item.change, 'undone');
      }
      await this.#items.save();
    });
  }

  discard(): Promise<void> {
    return this.#step(async () => {
      await this.blobs.clear();
      await this.#items.discard();
    });
  }

  /** All that can be applied at once, or nothing of it. */
  async #apply(chosen: readonly Approved[]): Promise<readonly ApplyOutcome[]> {
    const refused = chosen.filter(({ item }) => item.change.status === 'refused');
    const taken = chosen.filter(({ item }) => item.change.status !== 'refused');
    for (const { item } of taken) {
      await this.#report(item.change, 'approved');
      this.#items.decide(item, 'approved');
    }
    await this.#items.save();
    const items: readonly ApplyItem[] = taken.map(({ item: { change }, expected, part }) => ({
      path: change.path,
      expected,
      after: part?.state ?? change.after,
      ...(change.emptied === undefined ? {} : { emptied: change.emptied }),
    }));
    const outcomes = await this.applier.apply(this.sessionId, items, (sha) => this.blobs.get(sha));
    const byPath = new Map(outcomes.map((outcome) => [outcome.path, outcome]));
    for (const one of taken) await this.#settle(one, byPath.get(one.item.change.path));
    await this.#items.save();
    return [...outcomes, ...refused.map(({ item }) => refuse(item.change))];
  }

  async #settle({ item, part }: Approved, outcome: ApplyOutcome | undefined): Promise<void> {
    const { change } = item;
    if (outcome?.kind !== 'applied') {
      const conflict = outcome?.kind === 'conflict' ? outcome.reason : item.conflict;
      this.#items.decide(item, outcome?.kind === 'conflict' ? 'conflict' : item.decision, conflict);
      if (outcome !== undefined) await this.#report(change, outcome.kind, whyNot(outcome));
      return;
    }
    const after = part?.state ?? change.after;
    this.#items.written.set(change.path, after);
    const known = part === undefined ? item : withHunk(item, part.hunk, 'approved');
    if (stateKey(after) === stateKey(change.after)) this.#items.decide(known, 'applied');
    else await this.#keepRest(known, after);
    await this.#report({ ...change, after: { ...after } }, 'applied');
  }

  /** What was shown is what is meant, and the real file is as it was; else the reason why nothing is done. */
  async #findObstacle(path: string, key: string, overwrites: boolean): Promise<ApplyOutcome | undefined> {
    const item = this.#items.get(path);
    if (item === undefined) return gone(path);
    if (changeKey(item.change) !== key)
      return this.#conflict(item, 'the proposal is not the one that was shown');
    if (!item.hostEdited || overwrites || item.decision === 'applied') return undefined;
    return this.#conflict(item, item.conflict ?? 'the real file was edited during the session');
  }

  /** What is still to be decided is the difference from what the real file is now. */
  async #keepRest(item: ReviewItem, before: FileState): Promise<void> {
    const { path } = item.change;
    this.#items.written.set(path, before);
    const rebased = { ...item.change, before: { ...before } };
    const bytes = await readSide(this.blobs, this.workspace, rebased, 'before');
    this.#items.decide(withBase(item, before, countLines(bytes, await this.read(path, 'after'))), 'pending');
  }

  async #conflict(item: ReviewItem, reason: string): Promise<ApplyOutcome> {
    const { path } = item.change;
    const live = toFileState(await new LiveWorkspace(this.workspace).read(path)) ?? { kind: 'absent' };
    return { kind: 'conflict', path, reason, live };
  }

  async #reject(item: ReviewItem): Promise<void> {
    if (item.decision === 'applied') return;
    this.#items.decide(item, 'rejected');
    await this.#report(item.change, 'rejected');
  }

  async #report(
    change: ReviewItem['change'],
    decision: DecisionRecord['decision'],
    detail?: string,
  ): Promise<void> {
    const { path, before, after } = change;
    await this.onDecision({ path, decision, before, after, ...(detail === undefined ? {} : { detail }) });
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
}
