import { unlessNone } from '../compare.js';
import type { ContainerRule } from '../rule.js';
import { cis } from '../sources.js';
import { isEngineSocket } from './engine-socket.js';

const SENSITIVE = [
  ...['/bin', '/boot', '/dev', '/etc', '/lib', '/lib64', '/proc', '/sbin', '/sys'],
  // Below /usr/local there are home folders on some networks.
  ...['/usr/bin', '/usr/lib', '/usr/sbin', '/usr/share'],
  ...['/run/containerd', '/run/docker', '/var/lib/containerd', '/var/lib/docker', '/var/lib/kubelet'],
  '/var/run',
];

/** The benchmark's list and the engine's own storage; also a folder that holds one of them. */
export const sensitivePaths: ContainerRule = {
  id: 'CIS-5.6',
  title: 'No system folder of the host is mounted',
  sources: [cis('5.6')],
  check: ({ container }) =>
    unlessNone(
      container.mounts
        .filter(({ kind }) => kind === 'bind')
        .map(({ source }) => source)
        .filter((source) => !isEngineSocket(source))
        .filter((source) => SENSITIVE.some((path) => isWithin(source, path) || isWithin(path, source))),
      'mounted from',
    ),
};

function isWithin(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder === '/' ? folder : `${folder}/`);
}
