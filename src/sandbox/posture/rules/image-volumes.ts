import { unlessNone } from '../compare.js';
import type { ContainerRule } from '../rule.js';

/** Each would be one more writable place, outside the limits. */
export const imageVolumes: ContainerRule = {
  id: 'AIRLOCK-image-volumes',
  title: 'The image declares no volume',
  sources: [],
  check: ({ container }) => unlessNone(container.imageVolumes, 'it declares'),
};
