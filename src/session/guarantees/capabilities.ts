import { failed, type Guarantee, notProvable, proven } from './guarantee.js';
import { statusLine } from './read-facts.js';

const SETS = ['CapInh', 'CapPrm', 'CapEff', 'CapBnd', 'CapAmb'];

/** No capability in any of the five sets. */
export const capabilities: Guarantee = {
  id: 'capabilities',
  title: 'No capability',
  check(facts) {
    for (const set of SETS) {
      const value = statusLine(facts, set);
      // gVisor does not show it; it is never more than the permitted set (capabilities(7)), which is empty by now.
      if (set === 'CapAmb' && value === undefined) continue;
      if (value === undefined) return notProvable(`the runtime does not show ${set}`);
      if (!/^0+$/.test(value)) return failed(`${set} is ${value}`);
    }
    return proven('no set holds any');
  },
};
