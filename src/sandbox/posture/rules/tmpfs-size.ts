import { show } from '../compare.js';
import type { ContainerRule } from '../rule.js';

/** A size of nothing means half of the memory. */
export const tmpfsSize: ContainerRule = {
  id: 'AIRLOCK-tmpfs-size',
  title: 'Every temporary file system is limited',
  sources: [],
  check: ({ container }) => {
    const open = Object.entries(container.tmpfs).filter(
      ([, options]) => !/(^|,)size=[1-9]\d*(,|$)/.test(options),
    );
    return open.length === 0 ? undefined : `without a size: ${show(open)}`;
  },
};
