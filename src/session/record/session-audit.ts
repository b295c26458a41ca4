import { type AuditLog, openAuditLog } from '../../audit/audit-log.js';
import type { AuditRecord } from '../../audit/records.js';
import { errors } from '../../base/errors.js';
import type { Logger } from '../../base/logger.js';
import { reviewErrors } from '../../base/review-errors.js';
import { takeLock } from '../../workspace/lock-file.js';

/** A log that was opened for a late decision is closed when nothing more came for so long. */
const IDLE_MS = 500;
/** Another process that has it open for the same is waited for. */
const LOCK_MS = 10_000;

/**
 * A session's audit log. It is held open while the session runs; a decision that the user takes later
 * (also after a reload) goes to the end of the same file.
 */
export class SessionAudit {
  readonly #file: string;
  readonly #logger: Logger;
  #state: { kind: 'running'; log: AuditLog } | { kind: 'ended'; log: Promise<AuditLog> | undefined };
  #idle: NodeJS.Timeout | undefined;
  #fail: (error: unknown) => void = () => undefined;
  /** Rejects when the log of the running session fails; never resolves. */
  readonly failed: Promise<never>;

  private constructor(file: string, logger: Logger, log: AuditLog | undefined) {
    this.#file = file;
    this.#logger = logger;
    this.#state = log === undefined ? { kind: 'ended', log } : { kind: 'running', log };
    this.failed = new Promise((_, reject) => {
      this.#fail = (error) => reject(errors.auditFailed(error));
    });
    // Whoever watches it sees the failure; nobody may be watching.
    this.failed.catch(() => undefined);
  }

  /** Opens the log of a running session. Rejects when the file cannot be written. */
  static async open(file: string, logger: Logger): Promise<SessionAudit> {
    let fail: (error: unknown) => void = () => undefined;
    const audit = new SessionAudit(file, logger, await openLog(file, logger, (error) => fail(error)));
    fail = audit.#fail;
    return audit;
  }

  /** The log of an ended session: opened only when there is something to say. */
  static ended(file: string, logger: Logger): SessionAudit {
    return new SessionAudit(file, logger, undefined);
  }

  /** Puts the record in its place; the writing follows. Only while the session runs. */
  append(record: AuditRecord): void {
    if (this.#state.kind === 'running') this.#state.log.append(record);
  }

  /** Settles when everything so far is written. Rejects when it cannot be. */
  async flush(): Promise<void> {
    if (this.#state.kind === 'running') await this.#state.log.flush();
  }

  /** Settles when the record is written. Rejects when it cannot be. */
  async record(record: AuditRecord): Promise<void> {
    const log = this.#state.kind === 'running' ? this.#state.log : await this.#reopen(this.#state);
    log.append(record);
    await log.flush();
  }

  /** Closes what is open; a later decision opens the file again. */
  async close(): Promise<void> {
    clearTimeout(this.#idle);
    const log = await this.#state.log;
    this.#state = { kind: 'ended', log: undefined };
    await log?.close();
  }

  #reopen(state: { log: Promise<AuditLog> | undefined }): Promise<AuditLog> {
    state.log ??= openAlone(this.#file, this.#logger);
    const opened = state.log;
    clearTimeout(this.#idle);
    this.#idle = setTimeout(() => {
      state.log = undefined;
      opened
        .then((log) => log.close())
        .catch((error: unknown) => this.#logger.error('the audit log cannot be closed', error));
    }, IDLE_MS);
    return opened;
  }
}

/** As the only process: what two of them append at once would break the chain. */
async function openAlone(file: string, logger: Logger): Promise<AuditLog> {
  const release = await takeLock(`${file}.lock`, LOCK_MS, reviewErrors.busy);
  try {
    const log = await openLog(file, logger);
    return {
      append: (record) => log.append(record),
      flush: () => log.flush(),
      close: () => log.close().finally(release),
    };
  } catch (error) {
    await release();
    throw error;
  }
}

function openLog(
  file: string,
  logger: Logger,
  onFailure: (error: unknown) => void = () => undefined,
): Promise<AuditLog> {
  return openAuditLog(file, {
    onError: (error) => {
      logger.error('the audit log cannot be written any more', error);
      onFailure(error);
    },
  });
}
