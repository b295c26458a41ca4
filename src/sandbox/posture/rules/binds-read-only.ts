import { unlessNone } from '../compare.js';
import type { ContainerRule } from '../rule.js';
import { nsa, owasp } from '../sources.js';

/** What the agent writes goes to its volume alone. */
export const bindsReadOnly: ContainerRule = {
  id: 'NSA-host-paths',
  title: 'No path of the host is writable',
  sources: [nsa('hostPath volumes read-only'), owasp(8)],
  check: ({ container }) =>
    unlessNone(
      container.mounts
        .filter(({ kind, readOnly }) => kind === 'bind' && !readOnly)
        .map(({ source }) => source),
      'writable',
    ),
};
