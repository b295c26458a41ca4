import { ulimitsFor } from '../../build-spec.js';
import { unlessEqual } from '../compare.js';
import type { ContainerRule } from '../rule.js';
import { cis, owasp } from '../sources.js';

/** Open files, the size of a file, and no core dumps. */
export const ulimits: ContainerRule = {
  id: 'CIS-5.19',
  title: 'The limits of each process are those that were asked for',
  sources: [cis('5.19'), owasp(7)],
  check: ({ asked, container }) =>
    asked.limits.openFiles > 0 && asked.limits.fileBytes > 0
      ? unlessEqual(ulimitsFor(asked), container.ulimits)
      : 'no limit was asked for',
};
