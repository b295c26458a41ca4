import { labels as ours } from '../../labels.js';
import { show } from '../compare.js';
import type { ContainerRule } from '../rule.js';

const HARMLESS = /^(org\.opencontainers\.image\.|io\.buildah\.|desktop\.docker\.io\/)/;

/**
 * Ours say whose it is and when it may be removed; labels of others are read by tools that then act on the
 * container.
 */
export const labels: ContainerRule = {
  id: 'AIRLOCK-labels',
  title: 'The labels are those that were asked for',
  sources: [],
  check: ({ asked, container }) => {
    const wrong = Object.entries(asked.labels).filter(([name, value]) => container.labels[name] !== value);
    if (wrong.length > 0) return `missing or different: ${show(Object.fromEntries(wrong))}`;
    const strange = Object.keys(container.labels).filter(
      (name) => !(name in asked.labels) && !isHarmless(name),
    );
    return strange.length === 0 ? undefined : `not asked for: ${show(strange)}`;
  },
};

/** Of the image: what describes it, and the hashes of what ours was made from; and what Docker Desktop adds for itself. */
function isHarmless(name: string): boolean {
  return name === ours.contentHash || name === ours.baseKey || HARMLESS.test(name);
}
