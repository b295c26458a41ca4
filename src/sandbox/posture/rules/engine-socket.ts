import { unlessNone } from '../compare.js';
import type { ContainerRule } from '../rule.js';
import { cis, owasp } from '../sources.js';

/** Who can speak to the engine owns the host. */
export const engineSocket: ContainerRule = {
  id: 'CIS-5.32',
  title: "The engine's socket is not mounted",
  sources: [cis('5.32'), owasp(1)],
  check: ({ container }) =>
    unlessNone(container.mounts.map(({ source }) => source).filter(isEngineSocket), 'mounted from'),
};

export function isEngineSocket(path: string): boolean {
  return /(^|\/)(docker|containerd|podman|crio|cri-dockerd|buildkitd|dockershim)\.sock(\.\w+)?$/.test(path);
}
