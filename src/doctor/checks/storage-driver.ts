import { onEngine } from './on-engine.js';

const USUAL = new Set(['overlay2', 'overlayfs', 'fuse-overlayfs', 'btrfs', 'zfs', 'overlay', 'stargz']);

/** How the engine keeps images and containers. */
export const storageDriverCheck = onEngine(
  'storage-driver',
  'Storage driver',
  ({ storageDriver, backingFileSystem }) => {
    const on = backingFileSystem === undefined ? '' : ` on ${backingFileSystem}`;
    if (USUAL.has(storageDriver)) return { status: 'ok', reason: `It is ${storageDriver}${on}.` };
    if (storageDriver === '') {
      return {
        status: 'unknown',
        reason: 'The engine does not say which it uses.',
        fix: 'Look at "Storage Driver" in the output of `docker info`.',
      };
    }
    return {
      status: 'warn',
      reason:
        storageDriver === 'vfs'
          ? `It is vfs${on}, which copies the whole image for every container: sessions start slowly and need much disk.`
          : `It is ${storageDriver}${on}, with which Airlock was not tried.`,
      fix: 'Use the driver overlay2 ("storage-driver" in daemon.json), on ext4, xfs or btrfs.',
    };
  },
);
