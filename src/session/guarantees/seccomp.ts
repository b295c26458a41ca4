import { failed, type Guarantee, isGvisor, notProvable, proven } from './guarantee.js';
import { statusLine } from './read-facts.js';

/** System calls pass a filter. */
export const seccomp: Guarantee = {
  id: 'seccomp',
  title: 'System call filter',
  check(facts, asked) {
    const value = statusLine(facts, 'Seccomp');
    if (value === undefined) return notProvable('the runtime does not show whether a filter is active');
    if (value === '2') return proven('a filter is active');
    if (isGvisor(asked))
      return notProvable("gVisor applies no filter inside; the calls are answered by gVisor's own kernel");
    return failed(`no filter is active (Seccomp is ${value})`);
  },
};
