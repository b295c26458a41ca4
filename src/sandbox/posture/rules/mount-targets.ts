import { unlessNone } from '../compare.js';
import type { ContainerRule } from '../rule.js';

const TARGETS = ['/workspace', '/run/airlock/upper'];

/** A mount elsewhere could cover a program, or a system folder. */
export const mountTargets: ContainerRule = {
  id: 'AIRLOCK-mount-targets',
  title: 'Only the workspace and its upper layer are mounted',
  sources: [],
  check: ({ container }) =>
    unlessNone(
      container.mounts.map(({ target }) => target).filter((target) => !TARGETS.includes(target)),
      'mounted at',
    ),
};
