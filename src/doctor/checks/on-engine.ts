import type { EngineDetails } from '../../sandbox/engine.js';
import type { Check, Verdict } from '../check.js';
import type { Facts } from '../facts.js';

/** A check of something that only the engine can tell. */
export function onEngine(
  id: string,
  title: string,
  judge: (details: EngineDetails, facts: Facts) => Verdict,
): Check {
  return {
    id,
    title,
    judge(facts) {
      if (facts.engine.kind === 'answered') return judge(facts.engine.details, facts);
      return {
        status: 'unknown',
        reason: 'The engine was not reached, so it could not be asked.',
        fix: 'Mend what the check "Container engine" says, then run the doctor again.',
      };
    },
  };
}
