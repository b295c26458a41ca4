import { failed, type Guarantee, notProvable, proven } from './guarantee.js';
import { statusLine } from './read-facts.js';

/** The program runs as the user and group that it was given, and has no other group. */
export const identity: Guarantee = {
  id: 'identity',
  title: 'Own user, no other group',
  check(facts, { uid, gid }) {
    const wanted = { Uid: Array(4).fill(uid), Gid: Array(4).fill(gid) };
    for (const [name, ids] of Object.entries(wanted)) {
      const value = statusLine(facts, name);
      if (value === undefined) return notProvable(`the runtime does not show ${name}`);
      if (value.split(/\s+/).join() !== ids.join()) return failed(`${name} is ${value}`);
    }
    const groups = (statusLine(facts, 'Groups') ?? '').split(/\s+/).filter((group) => group !== '');
    return groups.every((group) => group === String(gid))
      ? proven(`user ${uid}, group ${gid}`)
      : failed(`it is in the groups ${groups.join(', ')}`);
  },
};
