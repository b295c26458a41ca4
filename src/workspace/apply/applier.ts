import { join } from 'node:path';
import { AirlockError, errors } from '../../base/errors.js';
import { sha256 } from '../../base/hash.js';
import { describeFsError } from '../fs-errors.js';
import { withLock } from '../lock-file.js';
import type { ApplyOutcome } from '../review/review-api.js';
import { ApplyRecord, listApplyIds } from './apply-record.js';
import { isDone } from './journal.js';
import { type Recovery, recoverApplies } from './recover.js';
import { appliesDirOf } from './recover-all.js';
import type { ApplyItem } from './scan.js';
import type { ReadBytes } from './stage.js';
import { applyItems } from './transaction.js';
import { type Applied, listApplied, type UndoOutcome, undoApply } from './undo.js';

const WAIT_MS = 10_000;
/** Applies that can be undone, and the bytes that they replaced. */
const KEPT_APPLIES = 20;

export type OnRecovery = (recovery: Recovery) => void;

/** The only way into a workspace: one apply at a time, of all windows, each after whatever an earlier one left. */
export class Applier {
  readonly #dir: string;

  /** `workspace`: absolute, links resolved. `stateDir`: the extension's or the CLI's own. */
  constructor(
    stateDir: string,
    readonly workspace: string,
    readonly onRecovery: OnRecovery = () => undefined,
  ) {
    this.#dir = join(appliesDirOf(stateDir), sha256(workspace).slice(0, 16));
  }

  /** Never throws: what cannot be done is told of for each item, and then none of them is. */
  async apply(
    sessionId: string,
    items: readonly ApplyItem[],
    read: ReadBytes,
  ): Promise<readonly ApplyOutcome[]> {
    if (items.length === 0) return [];
    try {
      return await this.#locked(() =>
        applyItems({ root: this.workspace, appliesDir: this.#dir, sessionId, items, read }),
      );
    } catch (error) {
      return items.map(({ path }) => ({ kind: 'failed', path, error: toError(path, error) }));
    }
  }

  /** Of the last apply, or of one of `applied`. */
  undo(id?: string, options: { readonly skipEdited?: boolean } = {}): Promise<UndoOutcome> {
    return this.#locked(() => undoApply(this.workspace, this.#dir, id, options.skipEdited ?? false));
  }

  applied(): Promise<readonly Applied[]> {
    return listApplied(this.#dir);
  }

  /** Ends what was cut short, if there is anything. */
  async recover(): Promise<void> {
    if ((await listApplyIds(this.#dir)).length > 0) await this.#locked(() => Promise.resolve());
  }

  #locked<T>(work: () => Promise<T>): Promise<T> {
    return withLock(join(this.#dir, 'lock'), WAIT_MS, async () => {
      for (const recovery of await recoverApplies(this.#dir)) this.onRecovery(recovery);
      const result = await work();
      // Some too many are kept then, until the next time: what was done is done.
      await this.#prune().catch(() => undefined);
      return result;
    });
  }

  async #prune(): Promise<void> {
    const ids = await listApplyIds(this.#dir);
    for (const id of ids.slice(0, Math.max(ids.length - KEPT_APPLIES, 0))) {
      if (await isDone(join(this.#dir, id))) await ApplyRecord.of(this.#dir, { id, kept: [] }).remove();
    }
  }
}

function toError(path: string, error: unknown): AirlockError {
  return error instanceof AirlockError ? error : errors.applyFailed(path, describeFsError(error), error);
}
