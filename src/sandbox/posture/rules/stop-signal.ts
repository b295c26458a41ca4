import { unlessEqual } from '../compare.js';
import type { ContainerRule } from '../rule.js';

/** A stop does not wait for a signal of the image's choice. */
export const stopSignal: ContainerRule = {
  id: 'AIRLOCK-stop-signal',
  title: 'A stop ends it at once',
  sources: [],
  check: ({ asked, container }) => unlessEqual(asked.stopSignal, container.stopSignal),
};
