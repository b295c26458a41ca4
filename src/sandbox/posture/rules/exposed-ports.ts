import { unlessNone } from '../compare.js';
import type { ContainerRule } from '../rule.js';
import { cis } from '../sources.js';

/** An image may expose ports; one that does was not made by this project. */
export const exposedPorts: ContainerRule = {
  id: 'CIS-5.9',
  title: 'No port is exposed',
  sources: [cis('5.9')],
  check: ({ container }) => unlessNone(container.exposedPorts, 'it exposes'),
};
