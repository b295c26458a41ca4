import type { AirlockError } from '../base/errors.js';
import type { WorkspacePath } from '../base/workspace-path.js';
import type { Change, ChangeDecision, FileState } from './changes.js';
import type { Hunk } from './hunks/hunks.js';
import type { Risk } from './risk/risk.js';

export interface ReviewedChange {
  readonly change: Change;
  readonly decision: ChangeDecision;
  /** Why the decision is `conflict`. */
  readonly conflict?: string;
  /** The agent has changed lines that the user had decided on: they are its new ones, and wait. */
  readonly changedSince?: boolean;
  /** Why it is protected; empty for an ordinary change. */
  readonly risks: readonly Risk[];
}

/** One step in a change's fate, for the audit log. `approved` comes before anything is written. */
export interface DecisionRecord {
  readonly path: WorkspacePath;
  readonly decision: ChangeDecision | 'edited' | 'refused' | 'failed' | 'undone';
  readonly before: FileState;
  readonly after: FileState;
  readonly detail?: string;
}
/** Awaited; when it throws on `approved`, nothing is written. */
export type OnDecision = (record: DecisionRecord) => void | Promise<void>;

export type Side = 'before' | 'after';

export type ApplyOutcome =
  | { readonly kind: 'applied'; readonly path: string }
  /** Nothing was written: the real file is not what the change was made from. */
  | { readonly kind: 'conflict'; readonly path: string; readonly reason: string; readonly live: FileState }
  | { readonly kind: 'refused'; readonly path: string; readonly reason: string }
  | { readonly kind: 'failed'; readonly path: string; readonly error: AirlockError };

/** The pending changes of one session, persisted at every step; survives reloads and crashes. */
export interface Review {
  readonly sessionId: string;
  readonly workspace: string;
  readonly createdAt: number;
  readonly prompt: string;
  /** The agent's name, where it is known. */
  readonly agent: string | undefined;
  /** What Airlock wrote to the real workspace, by path. */
  readonly written: ReadonlyMap<WorkspacePath, FileState>;
  list(): readonly ReviewedChange[];
  get(path: string): ReviewedChange | undefined;
  onDidChange(listener: () => void): () => void;
  /** Bytes of one side; empty for an absent file; a symlink's target as text. */
  read(path: string, side: Side): Promise<Uint8Array>;
  /** The user edited the proposal: it becomes `after`, and the decision is pending again. */
  edit(path: string, bytes: Uint8Array): Promise<void>;
  /**
   * Writes the proposal to the real workspace. `key` is `changeKey` of what the user was shown: when it
   * is not the current one, nothing is written (conflict). `overwrite` is the user's answer to a conflict:
   * the live state it was shown must still be there.
   */
  approve(path: string, key: string, overwrite?: { readonly live: FileState }): Promise<ApplyOutcome>;
  /**
   * Approves the pending changes that the user was shown, by path with their `changeKey`. One that is another by
   * now, or that has come since, stays and is told of as a conflict; a protected one is refused.
   */
  approveAll(shown: ReadonlyMap<string, string>): Promise<readonly ApplyOutcome[]>;
  /** The parts of a text file's proposal that still wait; none of what has no lines. */
  hunks(path: string): Promise<readonly Hunk[]>;
  /** Writes one hunk (by its key) into the real file; the others wait. `key` is as for `approve`. */
  approveHunk(path: string, key: string, hunk: string): Promise<ApplyOutcome>;
  /** Takes one hunk out of the proposal. False when the proposal is not the one of `key` any more. */
  rejectHunk(path: string, key: string, hunk: string): Promise<boolean>;
  reject(path: string): Promise<void>;
  rejectAll(): Promise<void>;
  /** These were applied and have been taken back: they wait for a decision again. */
  reopen(paths: readonly string[]): Promise<void>;
  /** Forgets the session's changes and removes its stored bytes. */
  discard(): Promise<void>;
}
