import type { Phase } from '../events.js';

/** The steps of a start, in order. */
export const steps = ['engine', 'image', 'workspace', 'container', 'guest', 'agent'] as const;
export type Step = (typeof steps)[number];
/** What a session does with an agent that can be prompted. */
export const activities = ['ready', 'running', 'collecting', 'idle'] as const;
export type Activity = (typeof activities)[number];

/** Why a session ends: the first reason that came, which no later failure replaces. */
export type Cause =
  | { readonly kind: 'completed'; readonly stopReason: string }
  | { readonly kind: 'stopped' }
  | { readonly kind: 'overdue' }
  | { readonly kind: 'failed'; readonly error: unknown };

export type Life =
  | { readonly kind: 'starting'; readonly step: Step | undefined }
  | { readonly kind: 'working'; readonly activity: Activity }
  /** All work was told to end, and has not yet. */
  | { readonly kind: 'ending'; readonly cause: Cause; readonly hasAgent: boolean }
  /** What the sandbox still holds is fetched. */
  | { readonly kind: 'salvaging'; readonly cause: Cause }
  | { readonly kind: 'removing'; readonly cause: Cause }
  | { readonly kind: 'concluding'; readonly cause: Cause }
  | { readonly kind: 'over'; readonly cause: Cause };

export type LifeEvent =
  | { readonly type: 'reached'; readonly phase: Step | Activity; readonly detail?: string | undefined }
  /** The user, or the window that closes. */
  | { readonly type: 'stop' }
  /** A turn took longer than it may. */
  | { readonly type: 'overdue' }
  /** The work has ended: by itself, or by an error, which may be a consequence of having been told to end. */
  | { readonly type: 'settled'; readonly end: Extract<Cause, { kind: 'completed' | 'failed' }> }
  /** The last capture has ended, however; `error` is the failure with its cause named. */
  | { readonly type: 'salvaged'; readonly error?: unknown }
  /** Nothing is left of the sandbox, or what is left was told of. */
  | { readonly type: 'removed' }
  | { readonly type: 'concluded' };

/** What the session's code has to do, in this order. */
export type Effect =
  | { readonly type: 'tell'; readonly phase: Phase; readonly detail?: string | undefined }
  /** End whatever is under way; answered by `settled`. */
  | { readonly type: 'abort' }
  /** Fetch what can still be had, and find out what was the cause; answered by `salvaged`. */
  | { readonly type: 'salvage' }
  /** Remove everything that was made; answered by `removed`. */
  | { readonly type: 'remove' }
  /** Write down how it ended; answered by `concluded`. */
  | { readonly type: 'conclude'; readonly cause: Cause };

export interface Transition {
  readonly life: Life;
  readonly effects: readonly Effect[];
}

export const born: Life = { kind: 'starting', step: undefined };

/**
 * A session's life, as a pure function: every event in every state. What comes too late, or twice, changes nothing. Each
 * way to the end goes through `remove` and `conclude` exactly once, and through `salvage` if there was an agent and it did
 * not end in good order.
 */
export function transition(life: Life, event: LifeEvent): Transition {
  switch (life.kind) {
    case 'starting':
      return whileStarting(life, event);
    case 'working':
      return whileWorking(life, event);
    case 'ending':
      if (event.type !== 'settled') return stay(life);
      // Between two turns, and at the last moment of one, being told to end is an end in good order.
      return settle(event.end.kind === 'completed' ? event.end : life.cause, life.hasAgent);
    case 'salvaging':
      return event.type === 'salvaged' ? remove(named(life.cause, event.error)) : stay(life);
    case 'removing':
      return event.type === 'removed' ? conclude(life.cause) : stay(life);
    case 'concluding':
      return event.type === 'concluded' ? over(life.cause) : stay(life);
    case 'over':
      return stay(life);
  }
}

function whileStarting(life: Extract<Life, { kind: 'starting' }>, event: LifeEvent): Transition {
  // From then on there is a sandbox to ask.
  const hasAgent = life.step === 'agent';
  switch (event.type) {
    case 'reached': {
      const { phase, detail } = event;
      if (isActivity(phase)) return begin(phase, detail);
      const isBack = life.step !== undefined && steps.indexOf(phase) < steps.indexOf(life.step);
      return isBack
        ? stay(life)
        : { life: { kind: 'starting', step: phase }, effects: [tell(phase, detail)] };
    }
    case 'stop':
      return end({ kind: 'stopped' }, hasAgent);
    case 'overdue':
      return end({ kind: 'overdue' }, hasAgent);
    case 'settled':
      return settle(event.end, hasAgent);
    case 'salvaged':
    case 'removed':
    case 'concluded':
      return stay(life);
  }
}

function whileWorking(life: Extract<Life, { kind: 'working' }>, event: LifeEvent): Transition {
  switch (event.type) {
    case 'reached':
      return isActivity(event.phase) ? begin(event.phase, event.detail) : stay(life);
    case 'stop':
      return end({ kind: 'stopped' }, true);
    case 'overdue':
      return end({ kind: 'overdue' }, true);
    case 'settled':
      return settle(event.end, true);
    case 'salvaged':
    case 'removed':
    case 'concluded':
      return stay(life);
  }
}

function begin(activity: Activity, detail: string | undefined): Transition {
  return { life: { kind: 'working', activity }, effects: [tell(activity, detail)] };
}

function end(cause: Cause, hasAgent: boolean): Transition {
  return { life: { kind: 'ending', cause, hasAgent }, effects: [{ type: 'abort' }] };
}

function settle(cause: Cause, hasAgent: boolean): Transition {
  if (!hasAgent || cause.kind === 'completed') return remove(cause);
  return { life: { kind: 'salvaging', cause }, effects: [{ type: 'salvage' }] };
}

function remove(cause: Cause): Transition {
  return { life: { kind: 'removing', cause }, effects: [tell('stopping'), { type: 'remove' }] };
}

function conclude(cause: Cause): Transition {
  return { life: { kind: 'concluding', cause }, effects: [{ type: 'conclude', cause }] };
}

function over(cause: Cause): Transition {
  return { life: { kind: 'over', cause }, effects: [tell('done')] };
}

function named(cause: Cause, error: unknown): Cause {
  return cause.kind === 'failed' && error !== undefined ? { kind: 'failed', error } : cause;
}

function stay(life: Life): Transition {
  return { life, effects: [] };
}

function tell(phase: Phase, detail?: string): Effect {
  return { type: 'tell', phase, ...(detail === undefined ? {} : { detail }) };
}

function isActivity(phase: Step | Activity): phase is Activity {
  return (activities as readonly string[]).includes(phase);
}
