import { unlessNone } from '../compare.js';
import type { ContainerRule } from '../rule.js';

/** A rule opens devices that may be made later. */
export const deviceRules: ContainerRule = {
  id: 'AIRLOCK-device-rules',
  title: 'No rule opens a device',
  sources: [],
  check: ({ container }) => unlessNone(container.deviceCgroupRules, 'it is given'),
};
