import { realpath } from 'node:fs/promises';
import type { AuditLogView } from '../audit/view/log-view.js';
import { systemClock } from '../base/clock.js';
import { createSessionId } from '../base/ids.js';
import { currentOwner } from '../base/owner.js';
import { toVisibleLine, toVisibleText } from '../base/visible-text.js';
import type { DoctorReport } from '../doctor/report.js';
import { runDoctor } from '../doctor/run-doctor.js';
import { parseBaseUrl } from '../gateway/base-url.js';
import type { PolicyProblem } from '../policy/policy-text.js';
import { DockerEngine } from '../sandbox/docker/docker-engine.js';
import type { EngineInfo, SandboxEngine } from '../sandbox/engine.js';
import { SandboxImage } from '../sandbox/image.js';
import { Applier } from '../workspace/apply/applier.js';
import type { Recovery } from '../workspace/apply/recover.js';
import type { Applied, UndoOutcome } from '../workspace/apply/undo.js';
import { type ApprovedFile, listApproved } from '../workspace/commits/approved-files.js';
import type { ImportedCommits } from '../workspace/commits/import-commits.js';
import { type RepositoryStatus, readStatus } from '../workspace/commits/repository-status.js';
import type { GitPlace } from '../workspace/commits/run-git.js';
import type { StoredCommits } from '../workspace/commits/stored-commits.js';
import { createReview } from '../workspace/review/review.js';
import { checkAgent } from './agent/select-agent.js';
import type {
  HostOptions,
  Leftovers,
  Review,
  ReviewOptions,
  RunningSession,
  RunRequest,
  SandboxHost,
} from './api.js';
import { importAgentCommits, listAgentCommits } from './capture/agent-commits.js';
import { recordDecision } from './capture/change-record.js';
import { findProposedSecrets } from './capture/find-proposed-secrets.js';
import {
  type AuditExport,
  type AuditLogInfo,
  exportAuditLog,
  listAuditLogs,
  mayLogGrow,
  viewAuditLog,
} from './record/audit-logs.js';
import { removeOldLogs } from './record/remove-old-logs.js';
import { SessionAudit } from './record/session-audit.js';
import { openStoredReview, openStoredReviews } from './reviews/open-reviews.js';
import { reviewSessions } from './reviews/review-sessions.js';
import { recoverApplies, tellRecovery } from './reviews/tell-recovery.js';
import { Session } from './session.js';
import { lintWorkspacePolicy, loadSessionPolicy, type PolicyChoice } from './session-policy.js';
import { SpendLedger } from './spend/spend-ledger.js';
import { reconcile } from './stale/reconcile.js';
import { createSessionFiles, sessionFiles } from './stale/session-files.js';

/** The core of Airlock. The engine is looked for when the first session starts, not before. */
export function createSandboxHost(
  options: HostOptions,
  engine: SandboxEngine = new DockerEngine(),
): SandboxHost {
  return new Host(options, engine);
}

class Host implements SandboxHost {
  readonly #options: HostOptions;
  readonly #engine: SandboxEngine;
  readonly #owner = currentOwner();
  readonly #image: SandboxImage;
  #info: Promise<EngineInfo> | undefined;
  readonly #audits = new Map<string, SessionAudit>();
  readonly #running = new Map<string, Session>();

  constructor(options: HostOptions, engine: SandboxEngine) {
    this.#options = options;
    this.#engine = engine;
    this.#image = new SandboxImage(engine, options);
  }

  async start(request: RunRequest): Promise<RunningSession> {
    const { stateDir, logger } = this.#options;
    // Refused before anything is made.
    parseBaseUrl(request.modelUrl);
    const { title } = checkAgent(request);
    const { policy, notices } = await loadSessionPolicy(request);
    const id = createSessionId();
    const files = await createSessionFiles(stateDir, id, this.#owner);
    const audit = await SessionAudit.open(files.audit, logger);
    const review = await createReview(
      {
        dir: files.dir,
        stateDir,
        onDecision: recordDecision(audit),
        onRecovery: tellRecovery(logger),
        findSecrets: findProposedSecrets,
      },
      {
        sessionId: id,
        workspace: await realpath(request.workspace).catch(() => request.workspace),
        createdAt: Date.now(),
        prompt: toVisibleText(request.prompt, 10_000),
        agent: toVisibleLine(title, 60).slice(0, 100),
      },
    );
    const session = new Session({
      id,
      dir: files.dir,
      request,
      policy,
      notices,
      engine: this.#engine,
      image: this.#image,
      probe: () => this.#probe(),
      owner: this.#owner,
      ledger: new SpendLedger(stateDir, systemClock),
      audit,
      review,
      options: this.#options,
    });
    this.#audits.set(id, audit);
    this.#running.set(id, session);
    void session.done.then(() => this.#running.delete(id));
    return session;
  }

  /** The engine's facts hold for the process; the posture check is what notices an engine that changed. */
  #probe(): Promise<EngineInfo> {
    this.#info ??= this.#engine.probe().catch((error: unknown) => {
      this.#info = undefined;
      throw error;
    });
    return this.#info;
  }

  async reconcile(): Promise<Leftovers> {
    const { stateDir, logger, auditKeepDays } = this.#options;
    const { removed, failures } = await reconcile(this.#engine, this.#image, stateDir, logger);
    const keepDays = auditKeepDays?.() ?? 0;
    const logs = keepDays > 0 ? await removeOldLogs(stateDir, keepDays, Date.now(), logger) : 0;
    return { removed: removed + logs, failures };
  }

  async openReviews(workspace?: string): Promise<readonly Review[]> {
    return openStoredReviews({
      stateDir: this.#options.stateDir,
      except: new Set(this.#running.keys()),
      workspace: workspace === undefined ? undefined : await realpath(workspace).catch(() => workspace),
      owner: this.#owner,
      logger: this.#options.logger,
      auditOf: (id) => this.#auditOf(id),
    });
  }

  openReview(sessionId: string): Promise<Review | undefined> {
    const { stateDir, logger } = this.#options;
    const auditOf = (id: string) => this.#auditOf(id);
    return openStoredReview({ stateDir, logger, owner: this.#owner, auditOf }, sessionId);
  }

  recoverApplies(): Promise<readonly Recovery[]> {
    return recoverApplies(this.#options.stateDir, this.#options.logger);
  }

  async applied(workspace: string): Promise<readonly Applied[]> {
    return (await this.#applier(workspace)).applied();
  }

  async undo(
    workspace: string,
    id: string,
    options: { readonly skipEdited?: boolean } = {},
  ): Promise<UndoOutcome> {
    return (await this.#applier(workspace)).undo(id, options);
  }

  async agentCommits(workspace: string): Promise<readonly StoredCommits[]> {
    const root = await realpath(workspace).catch(() => workspace);
    return listAgentCommits({ stateDir: this.#options.stateDir, owner: this.#owner }, root);
  }

  importCommits(sessionId: string): Promise<ImportedCommits> {
    const options = { stateDir: this.#options.stateDir, owner: this.#owner };
    return importAgentCommits(options, sessionId, this.#auditOf(sessionId));
  }

  async approvedFiles(review: Review): Promise<readonly ApprovedFile[]> {
    return listApproved(review, await this.applied(review.workspace));
  }

  repositoryStatus(place: GitPlace): Promise<RepositoryStatus> {
    return readStatus(place);
  }

  #auditOf(sessionId: string): SessionAudit {
    const { stateDir, logger } = this.#options;
    const known = this.#audits.get(sessionId);
    const audit = known ?? SessionAudit.ended(sessionFiles(stateDir, sessionId).audit, logger);
    this.#audits.set(sessionId, audit);
    return audit;
  }

  async #applier(workspace: string): Promise<Applier> {
    const { stateDir, logger } = this.#options;
    return new Applier(stateDir, await realpath(workspace), tellRecovery(logger));
  }

  lintPolicy(text: string, choice: PolicyChoice): readonly PolicyProblem[] {
    return lintWorkspacePolicy(text, choice);
  }

  reviewPolicy(options: ReviewOptions): Promise<string> {
    return reviewSessions({ ...options, stateDir: this.#options.stateDir, markdown: true });
  }

  auditLogs(): Promise<readonly AuditLogInfo[]> {
    return listAuditLogs(this.#options.stateDir);
  }

  viewAuditLog(sessionId: string): AuditLogView {
    return viewAuditLog(this.#options.stateDir, sessionId);
  }

  mayLogGrow(sessionId: string): Promise<boolean> {
    return mayLogGrow(this.#options.stateDir, sessionId);
  }

  exportAuditLog(sessionId: string, to: AuditExport): Promise<void> {
    return exportAuditLog(this.#options.stateDir, sessionId, to);
  }

  doctor(workspace?: string): Promise<DoctorReport> {
    const { stateDir, version } = this.#options;
    return runDoctor({ engine: this.#engine, image: this.#image, stateDir, workspace }, version);
  }

  async dispose(): Promise<void> {
    await Promise.all([...this.#running.values()].map((session) => session.stop()));
    await Promise.all([...this.#audits.values()].map((audit) => audit.close()));
  }
}
