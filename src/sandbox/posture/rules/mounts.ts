import { unlessEqual } from '../compare.js';
import type { ContainerRule } from '../rule.js';

/** Kind, source, target and mode of each, and none besides. */
export const mounts: ContainerRule = {
  id: 'AIRLOCK-mounts',
  title: 'The mounts are those that were asked for',
  sources: [],
  check: ({ asked, container }) =>
    unlessEqual(asked.mounts.map(describe).sort(), container.mounts.map(describe).sort()),
};

interface Mount {
  readonly kind: string;
  readonly target: string;
  readonly readOnly: boolean;
  readonly source?: string;
  readonly name?: string;
}

function describe({ kind, source, name, target, readOnly }: Mount): string {
  return `${kind} ${source ?? name} ${target} ${readOnly ? 'ro' : 'rw'}`;
}
