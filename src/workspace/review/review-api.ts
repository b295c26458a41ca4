import type { AirlockError } from '../../base/errors.js';
import type { WorkspacePath } from '../../base/workspace-path.js';
import type { Change, ChangeDecision, FileState } from '../changes.js';
import type { Hunk } from '../hunks/hunks.js';
import type { Risk } from '../risk/risk.js';
import type { Mark, MarkWish } from './marks.js';
import type { Feedback } from './review-file.js';

export interface ReviewedChange {
  readonly change: Change;
  readonly decision: ChangeDecision;
  /** Why the decision is `conflict`. */
  readonly conflict?: string;
  /** The agent has changed lines that the user had decided on: they are its new ones, and wait. */
  readonly changedSince?: boolean;
  /** What the next `applyMarked` writes of it. */
  readonly mark: Mark;
  /** Keys of hunks that came after the user had decided on others of the file. */
  readonly fresh: ReadonlySet<string>;
  /** The user made another proposal of the agent's; `resetProposal` gives that back. */
  readonly isEdited: boolean;
  /** The user's own edits of the real file are in the proposal: cleanly, or with conflict markers left in it. */
  readonly merge?: 'clean' | 'marked';
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

/** `base`: what the agent's proposal was made from. `agent`: that proposal, without what the user made of it. */
export type Side = 'before' | 'after' | 'base' | 'agent';

/** A folder or a special file at the path itself; a link or a file where a folder above it must be. */
export type Obstacle = 'folder' | 'special' | 'link' | 'file';

export type ApplyOutcome =
  | { readonly kind: 'applied'; readonly path: string }
  /**
   * Nothing was written: the real file is not what the change was made from. When both are texts, `mergeable`: a merge
   * can be begun, whose conflicts the user resolves.
   */
  | {
      readonly kind: 'conflict';
      readonly path: string;
      readonly reason: string;
      readonly live: FileState;
      readonly mergeable?: boolean;
      /** What is in the way, where no file of this name can be at all. */
      readonly obstacle?: Obstacle;
    }
  /** Nothing was written: the proposal has the user's edits of the real file in it now, and waits to be approved. */
  | { readonly kind: 'merged'; readonly path: string }
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
  /**
   * The user edited the proposal: it becomes `after`, and the decision is pending again. A merge with conflict markers
   * is resolved by a text without them, unless that is a draft, which the user is not done with.
   */
  edit(path: string, bytes: Uint8Array, options?: { readonly isDraft?: boolean }): Promise<void>;
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
  /** As `approveAll`, of these alone: nothing is said of changes that were not shown. */
  approveSome(shown: ReadonlyMap<string, string>): Promise<readonly ApplyOutcome[]>;
  /**
   * Says what `applyMarked` is to write of a change. False when the proposal is not the one of `key` any more, or can
   * not be written as it is (decided, refused, in conflict).
   */
  mark(path: string, key: string, wish: MarkWish): Promise<boolean>;
  /** The same for whole changes, by path with their `changeKey`; those that cannot be marked stay as they are. */
  markAll(shown: ReadonlyMap<string, string>, isMarked: boolean): Promise<void>;
  /**
   * Writes all that is marked, as one apply. A protected change is only written when it is in `confirmed` with its
   * `changeKey`, else refused.
   */
  applyMarked(confirmed: ReadonlyMap<string, string>): Promise<readonly ApplyOutcome[]>;
  /**
   * After a conflict: the proposal becomes the merge of the agent's and the live file, with markers around what
   * conflicts. It cannot be approved before the markers are gone. False when these are not two texts.
   */
  beginMerge(path: string, key: string): Promise<boolean>;
  /** Drops what the user made of the agent's proposal. False when there is nothing to drop. */
  resetProposal(path: string): Promise<boolean>;
  /** What the user rejected and said, and the agent was not told yet; oldest first. */
  feedback(): readonly Feedback[];
  /** A comment at a 1-based line of the proposal. Returns its id. */
  comment(path: string, line: number, text: string): Promise<string>;
  /** Takes back a comment (or anything else that the agent would be told), by its id. */
  dropFeedback(ids: readonly string[]): Promise<void>;
  reject(path: string): Promise<void>;
  /** Several at once; what is decided already, or not there any more, stays as it is. */
  rejectSome(paths: readonly string[]): Promise<void>;
  rejectAll(): Promise<void>;
  /** These were applied and have been taken back: they wait for a decision again. */
  reopen(paths: readonly string[]): Promise<void>;
  /** Forgets the session's changes and removes its stored bytes. */
  discard(): Promise<void>;
}
