import type { ContainerRule } from '../rule.js';
import { cis, nsa, owasp } from '../sources.js';

/** The guest programs in the image cannot be replaced. */
export const readOnlyRoot: ContainerRule = {
  id: 'CIS-5.13',
  title: 'The root file system is read-only',
  sources: [cis('5.13'), owasp(8), nsa('immutable file system')],
  check: ({ container }) => (container.readOnlyRoot ? undefined : 'it is writable'),
};
