import { failed, type Guarantee, isGvisor, notProvable, proven, type Verdict } from './guarantee.js';
import { readMounts } from './read-facts.js';

// What every runtime mounts itself.
const OWN = /^\/(?:proc|dev|sys)(?:\/|$)/;

/** Nothing can be written but the places in memory and the workspace; none of memory's holds devices or setuid. */
export const mounts: Guarantee = {
  id: 'mounts',
  title: 'No other writable place',
  check(facts, asked) {
    const { spec } = asked;
    let hidden: Verdict | undefined;
    const found = readMounts(facts);
    if (found === undefined) return notProvable('the runtime does not show its mounts');
    const memory = spec.tmpfs.map(({ target }) => target);
    const writable = spec.mounts.filter(({ readOnly }) => !readOnly).map(({ target }) => target);
    for (const { target, options } of found) {
      if (target === '/' || OWN.test(target) || options.includes('ro')) continue;
      if (memory.includes(target)) {
        if (options.includes('nosuid') && options.includes('nodev')) continue;
        if (!isGvisor(asked)) return failed(`${target} is mounted without nosuid and nodev`);
        hidden = notProvable('gVisor does not show nosuid and nodev of what it keeps in memory');
      } else if (!writable.includes(target)) return failed(`${target} is writable`);
    }
    return hidden ?? proven('only the workspace and the places in memory are writable');
  },
};
