import type { AgentChoice } from '../agents/catalogue/catalogue.js';
import type { AgentMode } from '../agents/catalogue/definition.js';
import type { AuditLogView } from '../audit/view/log-view.js';
import type { AirlockError } from '../base/errors.js';
import type { Logger } from '../base/logger.js';
import type { DoctorReport } from '../doctor/report.js';
import type { EditorModels } from '../gateway/editor-models/editor-models.js';
import type { ProviderId } from '../gateway/provider.js';
import type { ServerToolKind } from '../gateway/server-tools/server-tool.js';
import type { Price } from '../gateway/spend/prices.js';
import type { SpendLimits } from '../gateway/spend/spend.js';
import type { UpstreamNetwork } from '../gateway/upstream-network.js';
import type { PolicyProblem } from '../policy/policy-text.js';
import type { BuildNetwork } from '../sandbox/agent-image.js';
import type { SeccompChoice } from '../sandbox/seccomp/profile.js';
import type { Recovery } from '../workspace/apply/recover.js';
import type { Applied, UndoOutcome } from '../workspace/apply/undo.js';
import type { ApprovedFile } from '../workspace/commits/approved-files.js';
import type { ImportedCommits } from '../workspace/commits/import-commits.js';
import type { RepositoryStatus } from '../workspace/commits/repository-status.js';
import type { GitPlace } from '../workspace/commits/run-git.js';
import type { StoredCommits } from '../workspace/commits/stored-commits.js';
import type { Review } from '../workspace/review/review-api.js';
import type { SessionEvent, SessionOutcome } from './events.js';
import type { ApprovalStore, Confirm } from './questions/question.js';
import type { AuditExport, AuditLogInfo } from './record/audit-logs.js';

export type StrategyChoice = 'auto' | 'overlay' | 'copy';

/** What the user asked for. */
export interface RunRequest {
  /** Absolute path of the real workspace. */
  readonly workspace: string;
  readonly prompt: string;
  readonly agent: AgentChoice;
  /** brokered when left out. */
  readonly mode?: AgentMode;
  /** How the agent's packages are fetched into its image, the first time that it runs. */
  readonly network?: BuildNetwork;
  /** What of its own doing the model service may be asked for; nothing when left out. */
  readonly allowServerTools?: readonly ServerToolKind[];
  /** What is done about secrets in what goes to the model; `warn` when left out. */
  readonly secretScan?: 'off' | 'warn' | 'block';
  /** What may be spent; no limit when left out. */
  readonly spendLimits?: SpendLimits;
  /** The user's own prices, before the built-in ones. */
  readonly prices?: readonly Price[];
  /** Whether the model's name may lead to an address that is not of the internet. */
  readonly allowPrivateUpstream?: boolean;
  /** The user's proxy and certificate authorities for it. */
  readonly modelNetwork?: UpstreamNetwork;
  /** Whether the editor's own models answer, by the protocol `anthropic`; `modelUrl` and the key are not used then. */
  readonly editorModels?: boolean;
  readonly provider: ProviderId;
  readonly model: string;
  /** Base URL of the model API, e.g. `https://api.anthropic.com`. */
  readonly modelUrl: string;
  readonly strategy: StrategyChoice;
  /** The container runtime by the engine's name for it; the engine's default one when left out. */
  readonly runtime?: string | undefined;
  /** Which filter of system calls the container gets; `airlock` when left out. */
  readonly seccomp?: SeccompChoice;
  readonly preset: 'read-only' | 'developer' | 'unrestricted-in-sandbox';
  /** The user's own part of the policy, as it stands in the settings: may loosen and tighten the preset. */
  readonly userPolicy?: unknown;
  readonly limits: SessionLimits;
  /** Guarantees that a runtime cannot prove and the user goes without, by the runtime's name; none when left out. */
  readonly acceptedUnproven?: Readonly<Record<string, readonly string[]>>;
  /** Globs of files hidden from the agent, relative to the workspace. */
  readonly mask: readonly string[];
}

export interface SessionLimits {
  readonly memoryMb: number;
  readonly cpus: number;
  readonly pids: number;
  /** One command, seconds. */
  readonly commandSeconds: number;
  /** One turn, seconds. */
  readonly sessionSeconds: number;
  /** An agent that neither speaks nor calls anything for so long in a turn has failed, seconds. */
  readonly silenceSeconds: number;
  /** How long a sandbox waits for a next prompt after a turn, seconds; 0: it ends with its first. */
  readonly keepSeconds: number;
  /** What the agent may write into its copy of the workspace, on the disk; of an overlay only. */
  readonly workspaceMb: number;
  /** How many files, folders and links may be in what it has written. */
  readonly workspaceFiles: number;
  /** What must stay free on the disks that the sandbox can write to. */
  readonly freeDiskMb: number;
}

export const defaultLimits: SessionLimits = {
  memoryMb: 2048,
  cpus: 2,
  pids: 512,
  commandSeconds: 120,
  sessionSeconds: 1800,
  silenceSeconds: 600,
  keepSeconds: 0,
  workspaceMb: 10_240,
  workspaceFiles: 500_000,
  freeDiskMb: 1024,
};

/** Which model service a key is for: none is ever sent to another address than the one it was given for. */
export type ModelAddress = Pick<RunRequest, 'provider' | 'modelUrl'>;

/** Where the model key comes from. Asked once a model call; never stored by the core. */
export type KeySource = (address: ModelAddress) => Promise<string | undefined>;

/** The answer when an agent is paused. The signal ends when nobody waits for it any more. */
export type ConfirmGoingOn = (
  pause: { readonly sessionId: string; readonly reason: string },
  signal: AbortSignal,
) => Promise<'continue' | 'stop'>;

export interface HostOptions {
  /** Private folder of the extension or the CLI: sessions, blobs, audit logs. Created when missing. */
  readonly stateDir: string;
  /** Folder that holds `image/` and `dist/guest/` (the extension's own). */
  readonly installDir: string;
  readonly version: string;
  readonly key: KeySource;
  readonly logger: Logger;
  /** So many days an audit log is kept after its last record; 0, or none when left out: for ever. */
  readonly auditKeepDays?: () => number;
  /** The user's answer to a decision of `ask`. */
  readonly confirm: Confirm;
  /** Asked when a limit is reached or the agent goes round in circles; without it the agent is stopped. */
  readonly confirmGoingOn?: ConfirmGoingOn;
  /** The editor's own models, where there is an editor. */
  readonly editorModels?: EditorModels;
  /** Where approvals for a whole workspace are kept; without it none is offered. */
  readonly approvals?: ApprovalStore;
}

/**
 * An agent in a sandbox of its own, turn by turn. The sandbox is gone when `done` settles; the review stays.
 * With `keepSeconds` a turn ends with the phase `idle`, and a next prompt begins another one.
 */
export interface RunningSession {
  readonly id: string;
  readonly startedAt: number;
  /** Subscribes; events that came before are replayed first. */
  onEvent(listener: (event: SessionEvent) => void): () => void;
  /** Never rejects. */
  readonly done: Promise<SessionOutcome>;
  /**
   * Begins the next turn. What the user rejected and said in the review goes before the text. Throws `session-busy`
   * unless the session is idle.
   */
  prompt(text: string): void;
  /** Ends the running turn and keeps the sandbox, if it is to be kept; one that cannot be ended ends the session. */
  cancelTurn(): void;
  /** Ends the session and removes the sandbox; captured changes stay for review. Idempotent. */
  stop(): Promise<void>;
  readonly review: Review;
}

export interface Leftovers {
  /** Containers, volumes and folders removed. */
  readonly removed: number;
  readonly failures: readonly AirlockError[];
}

export interface ReviewOptions extends Pick<RunRequest, 'preset' | 'userPolicy'> {
  /** So many sessions are looked at, newest first. */
  readonly last: number;
  /** Only those on this workspace. */
  readonly workspace?: string | undefined;
  /** What the user allowed for good, beside the policy. */
  readonly remembered?: readonly string[];
}

/** The core as the user interface and the CLI use it. */
export interface SandboxHost {
  /** Opens the session's storage and begins; the sandbox starts in the background (see the events). */
  start(request: RunRequest): Promise<RunningSession>;
  /** Removes what dead owners left; never another live process's. */
  reconcile(): Promise<Leftovers>;
  /** Reviews with undecided changes, newest first, of this workspace (or of all). */
  openReviews(workspace?: string): Promise<readonly Review[]>;
  /** The stored review of a session that has ended, also when everything in it is decided. */
  openReview(sessionId: string): Promise<Review | undefined>;
  /** Ends what a crash cut short while approved changes were written. Needs no engine. */
  recoverApplies(): Promise<readonly Recovery[]>;
  /** What was approved and written here and can be taken back, newest first. */
  applied(workspace: string): Promise<readonly Applied[]>;
  /** Gives back what an apply replaced; see `undoApply`. */
  undo(workspace: string, id: string, options?: { readonly skipEdited?: boolean }): Promise<UndoOutcome>;
  /** What this session wrote here with the user's approval, and whether it is still as it was written. */
  approvedFiles(review: Review): Promise<readonly ApprovedFile[]>;
  /** What is staged and changed in a repository, by its root and the program that the user has for git. */
  repositoryStatus(place: GitPlace): Promise<RepositoryStatus>;
  /** Commits that agents made in their sandboxes of this workspace, newest first: they wait to be imported. */
  agentCommits(workspace: string): Promise<readonly StoredCommits[]>;
  /** Puts a session's commits on a new branch of the user's repository, and touches nothing else of it. */
  importCommits(sessionId: string): Promise<ImportedCommits>;
  /** What is wrong with the text of a workspace's policy; lines without effect too. */
  lintPolicy(text: string, choice: Pick<RunRequest, 'preset' | 'userPolicy'>): readonly PolicyProblem[];
  /** What the last sessions used of the policy, as Markdown. */
  reviewPolicy(options: ReviewOptions): Promise<string>;
  /** The audit logs of this and earlier sessions, the last written first. */
  auditLogs(): Promise<readonly AuditLogInfo[]>;
  /** A session's audit log, to be read; nothing is read yet. */
  viewAuditLog(sessionId: string): AuditLogView;
  /** Whether the process that ran the session lives, and may still write to its log. */
  mayLogGrow(sessionId: string): Promise<boolean>;
  /** Writes a session's log in another form. */
  exportAuditLog(sessionId: string, to: AuditExport): Promise<void>;
  /** Looks at the engine, the machine and the image, and changes none of them. */
  doctor(workspace?: string): Promise<DoctorReport>;
  /** Stops every session of this process. */
  dispose(): Promise<void>;
}

export { type AgentChoice, agentIds, defaultProvider } from '../agents/catalogue/catalogue.js';
export type {
  ChatInput,
  ChatMessage,
  ChatPart,
  ChatProblem,
  ChatRequest,
  EditorModels,
} from '../gateway/editor-models/editor-models.js';
export type {
  ApprovalStore,
  AskAnswer,
  AskedCommand,
  AskQuestion,
  RememberScope,
  RuleOffer,
} from './questions/question.js';
export type { ApprovedFile, ImportedCommits, RepositoryStatus, Review, StoredCommits, UpstreamNetwork };
