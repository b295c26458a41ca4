import { unlessEqual } from '../compare.js';
import type { ContainerRule } from '../rule.js';

/** When the host dies, stdin ends, and with it the container. */
export const stdin: ContainerRule = {
  id: 'AIRLOCK-stdin',
  title: 'It ends with the connection of its host',
  sources: [],
  check: ({ container }) => unlessEqual({ open: true, once: true, tty: false }, container.stdin),
};
