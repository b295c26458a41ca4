import { parseSet } from '../../../../policy/shell/shell-options.js';
import type { Builtin } from './builtin.js';

/** `set -e`, `set +o pipefail` and the like: options of this shell and of its later subshells. */
export const set: Builtin = async ({ run, state }, args) => {
  const change = parseSet(args);
  if (typeof change === 'string') {
    const decision = { decision: 'deny', rule: 'set.argument', reason: `set: ${change}` } as const;
    return run.fail({ kind: 'denied', decision });
  }
  state.options = { ...state.options, ...change };
  return { status: 0 };
};
