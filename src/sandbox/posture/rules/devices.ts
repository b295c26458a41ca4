import { unlessNone } from '../compare.js';
import type { ContainerRule } from '../rule.js';
import { cis } from '../sources.js';

/** A device of the host is a way around its files. */
export const devices: ContainerRule = {
  id: 'CIS-5.18',
  title: 'No device is passed in',
  sources: [cis('5.18')],
  check: ({ container }) => unlessNone(container.devices, 'it is given'),
};
