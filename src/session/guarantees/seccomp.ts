import { failed, type Guarantee, notProvable, proven } from './guarantee.js';
import { statusLine } from './read-facts.js';

/** System calls pass a filter. */
export const seccomp: Guarantee = {
  id: 'seccomp',
  title: 'System call filter',
  check(facts) {
    const value = statusLine(facts, 'Seccomp');
    if (value === undefined) return notProvable('the runtime does not show whether a filter is active');
    return value === '2' ? proven('a filter is active') : failed(`no filter is active (Seccomp is ${value})`);
  },
};
