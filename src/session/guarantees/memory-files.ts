import { failed, type Guarantee, notProvable, proven } from './guarantee.js';

/** Sizes are whole pages. */
const PAGE_BYTES = 64 * 1024;

/** The places in memory are as small as asked for. One that is another user's cannot be looked into. */
export const memoryFiles: Guarantee = {
  id: 'memory-files',
  title: 'Limit of temporary files',
  check({ sizes }, { spec }) {
    const places = [...spec.tmpfs, { target: '/dev/shm', bytes: spec.shmBytes }];
    const seen = places.flatMap(({ target, bytes }) => {
      const size = sizes[target];
      return size === undefined ? [] : [{ target, bytes, size }];
    });
    if (!seen.some(({ target }) => target === '/tmp')) return notProvable('the runtime shows no sizes');
    const large = seen.find(({ bytes, size }) => size === 0 || size > bytes + PAGE_BYTES);
    return large === undefined
      ? proven(`${seen.map(({ target }) => target).join(', ')} are no larger than asked for`)
      : failed(`${large.target} has ${large.size} instead of ${large.bytes} bytes`);
  },
};
