import type { OverlayBlocker } from '../../workspace/view/strategy.js';
import type { Check } from '../check.js';

/** Whether a session can lay an overlay over the workspace instead of copying it. */
export const overlayCheck: Check = {
  id: 'overlay',
  title: 'Overlay of the workspace',
  judge({ overlayBlockers, workspace }) {
    if (overlayBlockers.kind === 'unknown') {
      return {
        status: 'unknown',
        reason: `Whether one is possible is not known: ${overlayBlockers.reason}.`,
        fix: 'Mend what the other checks say, then run the doctor again.',
      };
    }
    const blockers = overlayBlockers.value;
    if (blockers.length === 0) {
      const where = workspace.kind === 'suitable' ? `of ${workspace.root}` : 'of a folder that you own';
      return {
        status: 'ok',
        reason: `An overlay ${where} is possible: sessions start at once, whatever its size.`,
      };
    }
    return {
      status: 'warn',
      reason: `Sessions copy the workspace, because ${blockers.map(({ reason }) => reason).join('; ')}. They work, but start later the larger it is.`,
      fix: [...new Set(blockers.map(fixOf))].join(' '),
    };
  },
};

function fixOf({ name }: OverlayBlocker): string {
  switch (name) {
    case 'platform':
    case 'engine-remote':
      return 'Nothing needs to be done; only an engine on a Linux machine of its own can use overlays.';
    case 'engine-rootless':
      return 'Nothing needs to be done; a rootless engine protects more than an overlay speeds up.';
    case 'runtime':
      return 'Use the runtime runc for overlays.';
    case 'root-owned':
    case 'foreign-owner':
      return 'Give the folder to your own, ordinary user (`chown -R`).';
    case 'path-characters':
    case 'path-length':
      return 'Move the workspace to a shorter path without : , \\ and quotes.';
    case 'state-file-system':
      return "Keep Airlock's storage on ext4, xfs or btrfs (`--state-dir`, or the editor's user data folder).";
  }
}
