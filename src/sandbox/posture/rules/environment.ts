import { show } from '../compare.js';
import type { ContainerRule } from '../rule.js';

// Of the official Node image, and read by nothing.
const HARMLESS = /^(NODE|YARN)_VERSION=[\d.]*$/;

/**
 * An image's LD_PRELOAD or NODE_OPTIONS would steer every program. A variable cannot be taken away, so an image with
 * one is refused.
 */
export const environment: ContainerRule = {
  id: 'AIRLOCK-environment',
  title: 'The environment is the one that was asked for',
  sources: [],
  check: ({ asked, container }) => {
    const missing = asked.env.filter((entry) => !container.env.includes(entry));
    if (missing.length > 0) return `missing: ${show(missing)}`;
    const strange = container.env.filter((entry) => !asked.env.includes(entry) && !HARMLESS.test(entry));
    return strange.length === 0 ? undefined : `not asked for: ${show(strange)}`;
  },
};
