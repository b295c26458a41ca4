import type { AuditRecord } from '../../audit/records.js';
import type { Phase, SessionEvent } from '../events.js';
import type { Activity, Step } from '../life/life.js';
import { ReplayEmitter } from './replay-emitter.js';
import type { SessionAudit } from './session-audit.js';

/** What a session tells: events to whoever listens, records to its audit log. */
export class SessionReport {
  readonly #startedAt: number;
  readonly #audit: Pick<SessionAudit, 'append'>;
  readonly #reach: (phase: Step | Activity, detail?: string) => void;
  readonly #events = new ReplayEmitter();

  constructor(
    startedAt: number,
    audit: Pick<SessionAudit, 'append'>,
    reach: (phase: Step | Activity, detail?: string) => void,
  ) {
    this.#startedAt = startedAt;
    this.#audit = audit;
    this.#reach = reach;
  }

  onEvent(listener: (event: SessionEvent) => void): () => void {
    return this.#events.on(listener);
  }

  emit(event: SessionEvent): void {
    this.#events.emit(event);
  }

  record(record: AuditRecord): void {
    this.#audit.append(record);
  }

  /** For the session itself alone, whose life decides what is told. */
  tellPhase(phase: Phase, detail?: string): void {
    const atMs = Date.now() - this.#startedAt;
    this.emit({ type: 'phase', phase, atMs, ...(detail === undefined ? {} : { detail }) });
  }

  /** A part of the session has come so far. */
  phase(phase: Step | Activity, detail?: string): void {
    this.#reach(phase, detail);
  }

  notice(level: 'info' | 'warning', text: string): void {
    this.record({ kind: 'notice', level, text });
    this.emit({ type: 'notice', level, text });
  }
}
