import type { Phase } from '../session/events.js';
import { phaseLabel } from './phases.js';
import { isWorking, type SessionState } from './session-state.js';
import type { Translate } from './translate.js';

export type Status =
  | { readonly kind: 'idle' }
  | { readonly kind: 'starting'; readonly phase: Phase }
  /** So many agents work; the time is that of the one that began first. */
  | { readonly kind: 'running'; readonly elapsedMs: number; readonly count: number }
  | { readonly kind: 'asking'; readonly count: number }
  | { readonly kind: 'stopping' }
  /** So many sandboxes wait for a next prompt. */
  | { readonly kind: 'kept'; readonly count: number }
  | { readonly kind: 'pending'; readonly count: number; readonly conflicts: number }
  | { readonly kind: 'error'; readonly what: string };

export interface PendingCount {
  readonly count: number;
  readonly conflicts: number;
}

/**
 * What the status bar stands for: a question first, then working agents, then a failure not yet looked at, then
 * changes, then sandboxes that are kept.
 */
export function computeStatus(
  sessions: readonly SessionState[],
  pending: PendingCount,
  questions: number,
  now: number,
): Status {
  if (questions > 0) return { kind: 'asking', count: questions };
  const working = sessions.filter(isWorking);
  const [only] = working;
  if (only?.kind === 'starting' && working.length === 1) return { kind: 'starting', phase: only.phase };
  if (working.length > 0) {
    const since = Math.min(...working.map(({ startedAt }) => startedAt));
    return { kind: 'running', elapsedMs: Math.max(0, now - since), count: working.length };
  }
  if (sessions.some(({ kind }) => kind === 'stopping')) return { kind: 'stopping' };
  const failure = sessions.findLast((state) => state.kind === 'none' && state.failure !== undefined);
  if (failure?.kind === 'none' && failure.failure !== undefined)
    return { kind: 'error', what: failure.failure };
  if (pending.count > 0) return { kind: 'pending', ...pending };
  const kept = sessions.filter(({ kind }) => kind === 'idle').length;
  return kept > 0 ? { kind: 'kept', count: kept } : { kind: 'idle' };
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
      if (status.count > 1)
        return say(
          `$(sync~spin) Airlock: ${t('{0} agents', status.count)} ${elapsed}`,
          t('Airlock: {0} agents are running, the first for {1}', status.count, elapsed),
        );
      return say(
        `$(sync~spin) Airlock ${elapsed}`,
        t('Airlock: the agent has been running for {0}', elapsed),
      );
    }
    case 'asking': {
      const what = status.count === 1 ? t('1 question') : t('{0} questions', status.count);
      return say(`$(question) Airlock: ${what}`, t('Airlock: the agent waits for an answer, {0}', what));
    }
    case 'kept':
      return say(
        '$(shield) Airlock',
        status.count === 1
          ? t('Airlock: a sandbox waits for your next prompt')
          : t('Airlock: {0} sandboxes wait for your next prompt', status.count),
      );
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
