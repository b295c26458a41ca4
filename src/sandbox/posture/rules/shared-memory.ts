import { unlessLimited } from '../compare.js';
import type { ContainerRule } from '../rule.js';

/** /dev/shm is writable for all in the container. */
export const sharedMemory: ContainerRule = {
  id: 'AIRLOCK-shared-memory',
  title: '/dev/shm has the size that was asked for',
  sources: [],
  check: ({ asked, container }) => unlessLimited(asked.shmBytes, container.shmBytes),
};
