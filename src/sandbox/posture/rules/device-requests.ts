import { unlessEqual } from '../compare.js';
import type { ContainerRule } from '../rule.js';

/** Drivers mount devices and libraries of their own. */
export const deviceRequests: ContainerRule = {
  id: 'AIRLOCK-device-requests',
  title: 'No device is asked of a driver',
  sources: [],
  check: ({ container }) => unlessEqual(0, container.deviceRequests),
};
