import { type AuditLog, openAuditLog } from '../audit/audit-log.js';
import type { AuditRecord } from '../audit/records.js';
import type { Logger } from '../base/logger.js';

/**
 * A session's audit log. It is held open while the session runs; a decision that the user takes later
 * (also after a reload) goes to the end of the same file.
 */
export class SessionAudit {
  readonly #file: string;
  readonly #logger: Logger;
  #log: AuditLog | undefined;
  #later: Promise<void> = Promise.resolve();

  private constructor(file: string, logger: Logger, log: AuditLog | undefined) {
    this.#file = file;
    this.#logger = logger;
    this.#log = log;
  }

  /** Opens the log of a running session. Rejects when the file cannot be written. */
  static async open(file: string, logger: Logger): Promise<SessionAudit> {
    return new SessionAudit(file, logger, await openLog(file, logger));
  }

  /** The log of an ended session: opened only when there is something to say. */
  static ended(file: string, logger: Logger): SessionAudit {
    return new SessionAudit(file, logger, undefined);
  }

  append(record: AuditRecord): void {
    if (this.#log !== undefined) {
      this.#log.append(record);
      return;
    }
    this.#later = this.#later.then(() => this.#appendLater(record));
  }

  async close(): Promise<void> {
    const log = this.#log;
    this.#log = undefined;
    await log?.close();
    await this.#later;
  }

  async #appendLater(record: AuditRecord): Promise<void> {
    try {
      const log = await openLog(this.#file, this.#logger);
      log.append(record);
      await log.close();
    } catch (error) {
      this.#logger.error('the audit log cannot be written', error);
    }
  }
}

function openLog(file: string, logger: Logger): Promise<AuditLog> {
  return openAuditLog(file, {
    onError: (error) => logger.error('the audit log cannot be written any more', error),
  });
}
