import { toVisibleLine, toVisibleText } from '../base/visible-text.js';
import type { Phase } from '../session/events.js';
import { phaseLabel } from './phases.js';
import type { SessionState } from './session-state.js';
import { describeSpend, type SessionSpend } from './spend-text.js';
import type { TranscriptItem } from './transcript.js';
import type { Translate } from './translate.js';

/** One entry of the session view as `media/session.js` takes it; every text is safe to show. */
export type ViewItem =
  | { readonly id: number; readonly kind: 'phase' | 'prompt' | 'text' | 'thought'; readonly text: string }
  | {
      readonly id: number;
      readonly kind: 'notice';
      readonly level: 'info' | 'warning';
      readonly text: string;
    }
  | {
      readonly id: number;
      readonly kind: 'tool';
      readonly title: string;
      readonly decision: 'allow' | 'ask' | 'deny' | 'none';
      readonly badge: string;
      readonly reason: string;
      readonly output: string;
      readonly result: 'running' | 'ok' | 'failed';
      readonly resultText: string;
    };

export interface ViewState {
  readonly running: boolean;
  readonly canStop: boolean;
  readonly pending: number;
  readonly status: string;
  readonly reviewLabel: string;
  /** Questions that wait for an answer. */
  readonly questions: number;
  readonly answerLabel: string;
}

export type ViewMessage =
  | { readonly type: 'reset'; readonly items: readonly ViewItem[]; readonly state: ViewState }
  | {
      readonly type: 'patch';
      readonly items: readonly ViewItem[];
      readonly removed: readonly number[];
      readonly state: ViewState;
    };

/** What the view may ask for. */
export const viewRequests = ['ready', 'run', 'stop', 'review', 'answer'] as const;
export type ViewRequest = (typeof viewRequests)[number];

/** Undefined for anything that is not exactly a known request. */
export function parseViewRequest(message: unknown): ViewRequest | undefined {
  if (typeof message !== 'object' || message === null || !('type' in message)) return undefined;
  return viewRequests.find((request) => request === message.type);
}

const MAX_TEXT = 25_000;

export function toViewItem(item: TranscriptItem, t: Translate): ViewItem {
  switch (item.kind) {
    case 'phase':
      return { id: item.id, kind: 'phase', text: phaseText(item.phase, item.detail, t) };
    case 'prompt':
    case 'text':
    case 'thought':
      return { id: item.id, kind: item.kind, text: toVisibleText(item.text, MAX_TEXT) };
    case 'notice':
      return { id: item.id, kind: 'notice', level: item.level, text: toVisibleText(item.text, MAX_TEXT) };
    case 'tool': {
      const result = item.ok === undefined ? 'running' : item.ok ? 'ok' : 'failed';
      const { decision } = item;
      return {
        id: item.id,
        kind: 'tool',
        title: toVisibleText(item.title, 500),
        decision: decision?.decision ?? 'none',
        badge: decisionText(decision?.decision, t),
        reason: decision === undefined ? '' : toVisibleText(`${decision.reason} (${decision.rule})`, 1000),
        output: toVisibleText(item.output, MAX_TEXT),
        result,
        resultText: { running: t('running'), ok: t('done'), failed: t('failed') }[result],
      };
    }
  }
}

function phaseText(phase: Phase, detail: string, t: Translate): string {
  const label = phaseLabel(phase, t);
  return detail === '' ? label : `${label}: ${toVisibleLine(detail, 200)}`;
}

export function toViewState(
  session: SessionState,
  pending: number,
  questions: number,
  spend: SessionSpend | undefined,
  t: Translate,
): ViewState {
  const running = session.kind !== 'none';
  return {
    running,
    canStop: session.kind === 'starting' || session.kind === 'running',
    pending,
    status:
      spend === undefined ? stateText(session, t) : `${stateText(session, t)} ${describeSpend(spend, t)}`,
    reviewLabel: pending === 1 ? t('Review 1 Change') : t('Review {0} Changes', pending),
    questions,
    answerLabel: questions === 1 ? t('Answer 1 Question') : t('Answer {0} Questions', questions),
  };
}

function stateText(session: SessionState, t: Translate): string {
  switch (session.kind) {
    case 'none':
      return session.failure === undefined ? t('No agent is running.') : t('The last run failed.');
    case 'starting':
      return `${phaseLabel(session.phase, t)}…`;
    case 'running':
      return t('Agent is working…');
    case 'idle':
      return t('The agent has finished. Its sandbox waits for your next prompt.');
    case 'stopping':
      return t('Removing the sandbox…');
  }
}

function decisionText(decision: 'allow' | 'ask' | 'deny' | undefined, t: Translate): string {
  switch (decision) {
    case undefined:
      return '';
    case 'allow':
      return t('allowed');
    case 'ask':
      return t('asked');
    case 'deny':
      return t('denied');
  }
}
