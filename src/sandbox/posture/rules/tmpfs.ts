import { tmpfsOptions } from '../../build-spec.js';
import { unlessEqual } from '../compare.js';
import type { ContainerRule } from '../rule.js';

/** Size, mode, owner, and whether programs may run from it. */
export const tmpfs: ContainerRule = {
  id: 'AIRLOCK-tmpfs',
  title: 'The temporary file systems are those that were asked for',
  sources: [],
  check: ({ asked, container }) =>
    unlessEqual(
      Object.fromEntries(asked.tmpfs.map((tmpfs) => [tmpfs.target, toSet(tmpfsOptions(tmpfs))])),
      Object.fromEntries(
        Object.entries(container.tmpfs).map(([target, options]) => [target, toSet(options)]),
      ),
    ),
};

// nosuid and nodev are the business of a rule of their own.
function toSet(options: string): readonly string[] {
  return options
    .split(',')
    .filter((option) => option !== 'nosuid' && option !== 'nodev')
    .sort();
}
