import { selfTestAttempts } from '../../protocol/self-test.js';
import { failed, type Guarantee, proven } from './guarantee.js';

/** The engine's own socket, by which the machine could be had, is not in the container. */
export const engineSocket: Guarantee = {
  id: 'engine-socket',
  title: 'No engine socket',
  check({ attempts }) {
    const found = selfTestAttempts.sockets.find((path) => attempts[path] !== 'ENOENT');
    return found === undefined
      ? proven('it is in none of its places')
      : failed(`${found}: ${attempts[found] ?? 'not tried'}`);
  },
};
