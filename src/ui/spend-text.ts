import type { SessionEvent } from '../session/events.js';
import type { Translate } from './translate.js';

export type SessionSpend = Omit<Extract<SessionEvent, { type: 'spend' }>, 'type'>;

/** For the session view and the status bar's tooltip: `12,345 tokens, about $0.12`. */
export function describeSpend({ tokens, usd, unpriced, estimated }: SessionSpend, t: Translate): string {
  const count = `${estimated ? '~' : ''}${tokens.toLocaleString('en-US')}`;
  if (unpriced === tokens) return t('{0} tokens, no price known', count);
  const money = `$${usd.toFixed(usd < 1 ? 3 : 2)}`;
  return unpriced > 0
    ? t('{0} tokens, at least {1}', count, money)
    : t('{0} tokens, about {1}', count, money);
}
