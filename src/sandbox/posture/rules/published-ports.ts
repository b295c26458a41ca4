import { unlessNone } from '../compare.js';
import type { ContainerRule } from '../rule.js';
import { cis, nsa } from '../sources.js';

/** No port of the host leads into the container. */
export const publishedPorts: ContainerRule = {
  id: 'CIS-5.8',
  title: 'No port is published',
  sources: [cis('5.8'), cis('5.14'), nsa('no host ports')],
  check: ({ container }) => unlessNone(container.publishedPorts, 'it publishes'),
};
