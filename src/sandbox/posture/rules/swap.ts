import { unlessLimited } from '../compare.js';
import type { ContainerRule } from '../rule.js';
import { owasp } from '../sources.js';

/** Without its own limit, swap doubles the memory. */
export const swap: ContainerRule = {
  id: 'OWASP-7-swap',
  title: 'Memory and swap together are limited as asked for',
  sources: [owasp(7)],
  check: ({ asked, container }) => unlessLimited(asked.limits.memorySwapBytes, container.memorySwapBytes),
};
