import { selfTestAttempts } from '../../protocol/self-test.js';
import { failed, type Guarantee, isGvisor, notProvable, proven } from './guarantee.js';

/**
 * The two users of the sandbox cannot look into each other's processes: through /proc one could get at files that the
 * other has open. Asked of the tools' user, beside whom the agent's processes run by then.
 */
export const processesApart: Guarantee = {
  id: 'processes-apart',
  title: 'Processes of the two users apart',
  check({ attempts }, asked) {
    if (asked.principal === 'agent') return undefined;
    const outcome = attempts[selfTestAttempts.processes] ?? 'not tried';
    if (outcome === 'EACCES' || outcome === 'EPERM')
      return proven('one may not read the environment of the other');
    if (outcome === 'none') return proven('neither sees a process of the other');
    const reason = `the environment of the other's process can be read (${outcome})`;
    return isGvisor(asked) && outcome === 'ok'
      ? notProvable(`gVisor's /proc does not part them: ${reason}`)
      : failed(reason);
  },
};
