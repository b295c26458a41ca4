import type { FileState } from '../changes.js';
import type { LiveEntry } from '../live-workspace.js';

/** One clause for the user: how the real path differs from what the change was made from. */
export function describeConflict(live: LiveEntry, expected: FileState): string {
  switch (live.kind) {
    case 'directory':
      return expected.kind === 'directory' ? 'it is not empty any more' : 'a folder is in its place';
    case 'special':
      return 'a socket, FIFO or device is in its place';
    case 'blocked':
      return live.by === 'link' ? `"${live.at}" is a link` : `"${live.at}" is a file, not a folder`;
    case 'absent':
      return expected.kind === 'absent' ? 'its folder was moved away meanwhile' : 'the real file is gone';
    case 'file':
    case 'symlink':
      if (expected.kind === 'absent') return 'something with this name is in the workspace already';
      return live.kind === expected.kind ? 'the real file was changed meanwhile' : `it is now a ${live.kind}`;
  }
}
