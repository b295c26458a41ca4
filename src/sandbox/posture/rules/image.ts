import { unlessEqual } from '../compare.js';
import type { ContainerRule } from '../rule.js';
import { owasp } from '../sources.js';

/** What was asked for is what was taken. */
export const image: ContainerRule = {
  id: 'AIRLOCK-image',
  title: 'It is made from the image that was asked for',
  sources: [owasp(13)],
  check: ({ asked, container }) => unlessEqual(asked.image, container.image),
};
