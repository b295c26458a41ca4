import { failed, type Guarantee, notProvable, proven } from './guarantee.js';
import { readLimit } from './read-facts.js';

/** The kernel bounds the share of the processors. */
export const processor: Guarantee = {
  id: 'processor',
  title: 'Processor limit',
  check(facts, { spec }) {
    const [quota, period] = (readLimit(facts, ['/sys/fs/cgroup/cpu.max']) ?? readVersion1()).split(' ');
    if (quota === '' || period === undefined) return notProvable('the runtime shows no control group');
    const wanted = spec.limits.nanoCpus / 1e9;
    const actual = Number(quota) / Number(period);
    // The engine rounds to whole microseconds.
    return actual > 0 && actual <= wanted + 0.01
      ? proven(`the kernel holds ${actual} processors`)
      : failed(`the kernel holds ${quota} of ${period} instead of ${wanted} processors`);

    function readVersion1(): string {
      const of = (name: string) => readLimit(facts, [`/sys/fs/cgroup/cpu/cpu.cfs_${name}_us`]) ?? '';
      return `${of('quota')} ${of('period')}`;
    }
  },
};
