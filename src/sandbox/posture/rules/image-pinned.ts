import { show } from '../compare.js';
import type { ContainerRule } from '../rule.js';
import { cis, owasp } from '../sources.js';

/** A name may mean another image tomorrow; an id is the hash of its content. */
export const imagePinned: ContainerRule = {
  id: 'CIS-5.28',
  title: 'The image is named by its digest',
  sources: [cis('5.28'), owasp(13)],
  check: ({ container }) =>
    /^sha256:[0-9a-f]{64}$/.test(container.imageReference)
      ? undefined
      : `it is named ${show(container.imageReference)}`,
};
