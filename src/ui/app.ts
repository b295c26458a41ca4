import type * as vscode from 'vscode';
import type { Logger } from '../base/logger.js';
import type { SandboxHost } from '../session/api.js';
import type { WorkspaceApprovals } from './approvals.js';
import type { AuditPanels } from './audit/audit-panels.js';
import type { ChangesView } from './changes-view.js';
import type { Dialogs } from './dialogs.js';
import type { FilterState } from './filter-state.js';
import type { WaitingCommits } from './git/waiting-commits.js';
import type { KeyStore } from './keys.js';
import type { Questions } from './questions.js';
import type { ReviewComments } from './review/comments.js';
import type { HunkMemory } from './review/hunk-memory.js';
import type { ReviewFiles } from './review-files.js';
import type { ReviewStore } from './review-store.js';
import type { Sessions } from './sessions.js';
import type { TextPages } from './text-pages.js';

/** What the commands work with; made once at activation. */
export interface App {
  readonly logger: Logger;
  readonly channel: vscode.LogOutputChannel;
  readonly dialogs: Dialogs;
  readonly keys: KeyStore;
  readonly store: ReviewStore;
  readonly sessions: Sessions;
  /** What the agent asks and nobody has answered yet. */
  readonly questions: Questions;
  /** The tree of changes, and which of them it shows. */
  readonly changes: ChangesView;
  readonly filter: FilterState;
  readonly approvals: WorkspaceApprovals;
  /** What agents committed and nobody has imported yet. */
  readonly commits: WaitingCommits;
  /** The writable side of the diffs. */
  readonly proposals: ReviewFiles;
  readonly comments: ReviewComments;
  readonly hunkMemory: HunkMemory;
  readonly pages: TextPages;
  readonly audits: AuditPanels;
  readonly memento: vscode.Memento;
  readonly stateDir: string;
  /** The session core, loaded at the first call. */
  host(): Promise<SandboxHost>;
}
