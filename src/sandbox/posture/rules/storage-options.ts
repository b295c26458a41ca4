import { unlessEqual } from '../compare.js';
import type { ContainerRule } from '../rule.js';

/** Options of the storage driver could lift a quota. */
export const storageOptions: ContainerRule = {
  id: 'AIRLOCK-storage-options',
  title: 'No option of the storage driver is set',
  sources: [],
  check: ({ container }) => unlessEqual({}, container.storageOptions),
};
