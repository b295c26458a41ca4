import { failed, type Guarantee, notProvable, proven } from './guarantee.js';
import { statusLine } from './read-facts.js';

/** No program that is started gains rights (setuid, file capabilities). */
export const noNewPrivileges: Guarantee = {
  id: 'no-new-privileges',
  title: 'No new privileges',
  check(facts) {
    const value = statusLine(facts, 'NoNewPrivs');
    if (value === undefined) return notProvable('the runtime does not show NoNewPrivs');
    return value === '1' ? proven('the kernel has it set') : failed(`NoNewPrivs is ${value}`);
  },
};
