import type { Owner } from '../base/owner.js';
import type { Policy } from '../policy/policy.js';
import type { EngineInfo, SandboxEngine } from '../sandbox/engine.js';
import type { SandboxImage } from '../sandbox/image.js';
import type { WorkspaceReview } from '../workspace/review/review.js';
import type { HostOptions, RunRequest } from './api.js';
import type { SessionAudit } from './record/session-audit.js';
import type { SpendLedger } from './spend/spend-ledger.js';

/** What a session is made of. */
export interface SessionParts {
  readonly id: string;
  readonly dir: string;
  readonly request: RunRequest;
  readonly policy: Policy;
  /** Said once the session has started. */
  readonly notices: readonly string[];
  readonly engine: SandboxEngine;
  readonly image: SandboxImage;
  readonly probe: () => Promise<EngineInfo>;
  readonly owner: Owner;
  readonly audit: SessionAudit;
  readonly review: WorkspaceReview;
  readonly ledger: SpendLedger;
  readonly options: Pick<
    HostOptions,
    'confirmGoingOn' | 'editorModels' | 'version' | 'key' | 'logger' | 'confirm' | 'approvals'
  >;
}
