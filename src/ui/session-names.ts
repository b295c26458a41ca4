import { toVisibleLine } from '../base/visible-text.js';
import type { Sessions } from './sessions.js';
import type { Translate } from './translate.js';
import type { WindowSession } from './window-session.js';

/** Names of theme colours that tell sessions apart beside their numbers; the session view has the same as CSS. */
const colors = [
  'charts.blue',
  'charts.green',
  'charts.orange',
  'charts.purple',
  'charts.red',
  'charts.yellow',
] as const;

/** Which of the colours, from 0. */
export function sessionHue(number: number): number {
  return (number - 1) % colors.length;
}

export function sessionColor(number: number): string {
  return colors[sessionHue(number)] ?? colors[0];
}

/** `2: Fix the greeting` */
export function sessionLabel({ number, title }: Pick<WindowSession, 'number' | 'title'>): string {
  return `${number}: ${toVisibleLine(title, 60)}`;
}

/** Who asks or has finished: by number only where there are several, so that one agent is simply the agent. */
export function nameAgent(sessions: Sessions, sessionId: string, t: Translate): string {
  const entry = sessions.find(sessionId);
  return entry === undefined || sessions.live().length < 2 ? t('The agent') : t('Agent {0}', entry.number);
}
