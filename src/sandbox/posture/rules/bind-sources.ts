import { posix } from 'node:path';
import { unlessNone } from '../compare.js';
import type { ContainerRule } from '../rule.js';

/** A path with `..` may lead elsewhere than what was checked. */
export const bindSources: ContainerRule = {
  id: 'AIRLOCK-bind-sources',
  title: 'A path of the host is absolute and in its plain form',
  sources: [],
  check: ({ container }) =>
    unlessNone(
      container.mounts
        .filter(({ kind }) => kind === 'bind')
        .map(({ source }) => source)
        .filter((source) => !posix.isAbsolute(source) || posix.resolve(source) !== source),
      'mounted from',
    ),
};
