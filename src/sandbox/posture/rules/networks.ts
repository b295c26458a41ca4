import { unlessNone } from '../compare.js';
import type { ContainerRule } from '../rule.js';
import { cis, owasp } from '../sources.js';

/** A network can be connected to after the container was made. */
export const networks: ContainerRule = {
  id: 'CIS-5.30',
  title: 'It is connected to no network',
  sources: [cis('5.30'), owasp(5)],
  check: ({ container }) =>
    unlessNone(
      container.networks.filter((name) => name !== 'none'),
      'it is connected to',
    ),
};
