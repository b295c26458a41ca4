import { unlessEqual } from '../compare.js';
import type { ContainerRule } from '../rule.js';
import { cis } from '../sources.js';

/**
 * Stricter than the benchmark: a check from the image would be a program that no policy judged. The session's roads
 * tell of its health.
 */
export const healthCheck: ContainerRule = {
  id: 'CIS-5.27',
  title: 'No health check runs in it',
  sources: [cis('5.27')],
  check: ({ container }) => unlessEqual(['NONE'], container.healthcheck),
};
