import type { PlanEntry } from '../agents/updates.js';
import { toVisibleLine, toVisibleText } from '../base/visible-text.js';
import type { Phase } from '../session/events.js';
import { phaseLabel } from './phases.js';
import { sessionHue, sessionLabel } from './session-names.js';
import { isWorking, type SessionState } from './session-state.js';
import type { Sessions } from './sessions.js';
import { describeSpend } from './spend-text.js';
import type { TranscriptItem } from './transcript.js';
import type { Translate } from './translate.js';
import type { WindowSession } from './window-session.js';

/** One entry of the session view as `media/session.js` takes it; every text is safe to show. */
export type ViewItem =
  | {
      readonly id: number;
      readonly kind: 'phase' | 'prompt' | 'text' | 'thought' | 'plan';
      readonly text: string;
    }
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
      readonly decision: 'allow' | 'ask' | 'deny' | 'own' | 'none';
      readonly badge: string;
      readonly reason: string;
      readonly output: string;
      readonly result: 'running' | 'ok' | 'failed';
      readonly resultText: string;
    };

/** One session of the switcher; `hue` is 0 to 5. */
export interface ViewTab {
  readonly id: string;
  readonly label: string;
  readonly hue: number;
  readonly isShown: boolean;
  readonly isWorking: boolean;
}

export interface ViewState {
  /** The session that is shown; empty when there is none. */
  readonly sessionId: string;
  /** Empty unless there are several. */
  readonly tabs: readonly ViewTab[];
  readonly running: boolean;
  readonly canStop: boolean;
  /** Its sandbox waits for a next prompt. */
  readonly canPrompt: boolean;
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

/** What the view may ask for without saying more. */
const plainRequests = ['ready', 'run', 'stop', 'end', 'review', 'answer'] as const;
export type ViewRequest =
  | { readonly type: (typeof plainRequests)[number] }
  | { readonly type: 'show'; readonly sessionId: string }
  | { readonly type: 'prompt'; readonly sessionId: string; readonly text: string };

const MAX_ID = 64;
/** Characters of a prompt. */
export const MAX_PROMPT = 20_000;

/** Undefined for anything that is not exactly a known request. */
export function parseViewRequest(message: unknown): ViewRequest | undefined {
  if (typeof message !== 'object' || message === null || !('type' in message)) return undefined;
  const plain = plainRequests.find((request) => request === message.type);
  if (plain !== undefined) return { type: plain };
  const sessionId = 'sessionId' in message ? message.sessionId : undefined;
  if (typeof sessionId !== 'string' || sessionId.length > MAX_ID) return undefined;
  if (message.type === 'show') return { type: 'show', sessionId };
  const text = 'text' in message ? message.text : undefined;
  const fits = typeof text === 'string' && text.trim() !== '' && text.length <= MAX_PROMPT;
  return message.type === 'prompt' && fits ? { type: 'prompt', sessionId, text } : undefined;
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
    case 'plan':
      return { id: item.id, kind: 'plan', text: planText(item.entries, t) };
    case 'notice':
      return { id: item.id, kind: 'notice', level: item.level, text: toVisibleText(item.text, MAX_TEXT) };
    case 'tool': {
      const result = item.ok === undefined ? 'running' : item.ok ? 'ok' : 'failed';
      const { decision } = item;
      return {
        id: item.id,
        kind: 'tool',
        title: toVisibleText(item.title, 500),
        decision: decision?.decision ?? (item.isOwn ? 'own' : 'none'),
        badge: item.isOwn ? t("agent's own") : decisionText(decision?.decision, t),
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

const planMarks = { pending: '○', in_progress: '▸', completed: '✓' } as const;

function planText(entries: readonly PlanEntry[], t: Translate): string {
  const lines = entries.map(({ text, status }) => `${planMarks[status]} ${text}`);
  return toVisibleText([t('Plan'), ...lines].join('\n'), MAX_TEXT);
}

export interface ViewInput {
  readonly sessions: Pick<Sessions, 'list' | 'current'>;
  readonly pending: number;
  readonly questions: number;
}

export function toViewState({ sessions, pending, questions }: ViewInput, t: Translate): ViewState {
  const { current } = sessions;
  const state: SessionState = current?.state ?? { kind: 'none' };
  const list = sessions.list();
  return {
    sessionId: current?.id ?? '',
    tabs: list.length < 2 ? [] : list.map((entry) => toTab(entry, entry === current)),
    running: isWorking(state) || state.kind === 'stopping',
    canStop: isWorking(state),
    canPrompt: state.kind === 'idle',
    pending,
    status: [stateText(state, t), ...usageTexts(current, t)].join(' '),
    reviewLabel: pending === 1 ? t('Review 1 Change') : t('Review {0} Changes', pending),
    questions,
    answerLabel: questions === 1 ? t('Answer 1 Question') : t('Answer {0} Questions', questions),
  };
}

function toTab(entry: WindowSession, isShown: boolean): ViewTab {
  return {
    id: entry.id,
    label: sessionLabel(entry),
    hue: sessionHue(entry.number),
    isShown,
    isWorking: isWorking(entry.state),
  };
}

function usageTexts(current: WindowSession | undefined, t: Translate): readonly string[] {
  const { spend, context } = current ?? {};
  return [
    ...(spend === undefined ? [] : [describeSpend(spend, t)]),
    ...(context === undefined ? [] : [t('({0}% of the context)', Math.round(context * 100))]),
  ];
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
      return t('Finished. The sandbox waits for your next prompt.');
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
