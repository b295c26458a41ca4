import type { Phase } from '../session/events.js';
import { phaseLabel } from './phases.js';
import type { SessionState } from './session-state.js';
import type { Translate } from './translate.js';

export type Status =
  | { readonly kind: 'idle' }
  | { readonly kind: 'starting'; readonly phase: Phase }
  | { readonly kind: 'running'; readonly elapsedMs: number }
  | { readonly kind: 'asking'; readonly count: number }
  | { readonly kind: 'stopping' }
  | { readonly kind: 'pending'; readonly count: number; readonly conflicts: number }
  | { readonly kind: 'error'; readonly what: string };

export interface PendingCount {
  readonly count: number;
  readonly conflicts: number;
}

/** What the status bar stands for: a question first, then a running session, then a failure not yet looked at, then changes. */
export function computeStatus(
  session: SessionState,
  pending: PendingCount,
  questions: number,
  now: number,
): Status {
  if (questions > 0) return { kind: 'asking', count: questions };
  switch (session.kind) {
    case 'starting':
      return { kind: 'starting', phase: session.phase };
    case 'running':
      return { kind: 'running', elapsedMs: Math.max(0, now - session.startedAt) };
    case 'stopping':
      return { kind: 'stopping' };
    case 'idle':
    case 'none':
      if (session.kind === 'none' && session.failure !== undefined)
        return { kind: 'error', what: session.failure };
      return pending.count > 0 ? { kind: 'pending', ...pending } : { kind: 'idle' };
  }
}

export interface StatusText {
  /** With a codicon. */
  readonly text: string;
  readonly tooltip: string;
  /** For screen readers: no icon, no symbol. */
  readonly label: string;
}

export function describeStatus(status: Status, t: Translate): StatusText {
  switch (status.kind) {
    case 'idle':
      return say('$(shield) Airlock', t('Airlock: no agent is running'));
    case 'starting':
      return say(
        `$(loading~spin) Airlock: ${phaseLabel(status.phase, t)}`,
        t('Airlock: the sandbox is starting, {0}', phaseLabel(status.phase, t)),
      );
    case 'running': {
      const elapsed = formatElapsed(status.elapsedMs);
      return say(
        `$(sync~spin) Airlock ${elapsed}`,
        t('Airlock: the agent has been running for {0}', elapsed),
      );
    }
    case 'asking': {
      const what = status.count === 1 ? t('1 question') : t('{0} questions', status.count);
      return say(`$(question) Airlock: ${what}`, t('Airlock: the agent waits for an answer, {0}', what));
    }
    case 'stopping':
      return say('$(loading~spin) Airlock', t('Airlock: the sandbox is being removed'));
    case 'pending':
      return describePending(status, t);
    case 'error':
      return say('$(error) Airlock', t('Airlock: the last run failed. {0}', status.what));
  }
}

/** `m:ss`, or `h:mm:ss` from an hour on. */
export function formatElapsed(ms: number): string {
  const seconds = Math.floor(ms / 1000);
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor(seconds / 60) % 60;
  const tail = String(seconds % 60).padStart(2, '0');
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, '0')}:${tail}` : `${minutes}:${tail}`;
}

function describePending(status: PendingCount, t: Translate): StatusText {
  const what =
    status.count === 1
      ? t('Airlock: 1 change waits for review')
      : t('Airlock: {0} changes wait for review', status.count);
  const label = status.conflicts > 0 ? t('{0}, {1} in conflict', what, status.conflicts) : what;
  return say(`$(git-pull-request) Airlock: ${t('{0} pending', status.count)}`, label);
}

function say(text: string, label: string): StatusText {
  return { text, tooltip: label, label };
}
