import { unlessEqual } from '../compare.js';
import type { ContainerRule } from '../rule.js';
import { cis, nsa } from '../sources.js';

/** Shared memory and semaphores of others are out of reach. */
export const ipcNamespace: ContainerRule = {
  id: 'CIS-5.17',
  title: 'The IPC namespace is its own',
  sources: [cis('5.17'), nsa('no hostIPC')],
  check: ({ container }) => unlessEqual('private', container.ipcMode),
};
