import { toVisibleLine } from '../base/visible-text.js';
import type { WorkspacePath } from '../base/workspace-path.js';
import { foldName } from './fold-name.js';

/** A leading part of a path, or all of it, whose name must not be made. */
export interface RefusedName {
  readonly at: WorkspacePath;
  readonly reason: string;
}

/**
 * Names that are other files, devices or nothing on Windows, or that cannot be shown: no proposal makes one, on any
 * system, because a workspace is shared. What is there under such a name already may be edited and removed.
 */
export function listRefusedNames(path: WorkspacePath): readonly RefusedName[] {
  const names = path.split('/');
  return names.flatMap((name, index) => {
    const problem = findNameProblem(name);
    if (problem === undefined) return [];
    const at = names.slice(0, index + 1).join('/');
    return [{ at, reason: `its name "${toVisibleLine(name, 100)}" ${problem}` }];
  });
}

/** [MS-DOS devices](https://learn.microsoft.com/windows/win32/fileio/naming-a-file), whatever follows a dot. */
const DEVICE = /^(?:con|prn|aux|nul|com\d|lpt\d|conin\$|conout\$) *(?:\..*)?$/s;

function findNameProblem(name: string): string | undefined {
  if (/\p{Cc}/u.test(name)) return 'holds a control character';
  if (name.includes('\\')) return 'holds a backslash, which parts folders on Windows';
  if (name.includes(':$')) return 'is one of a data stream on Windows';
  if (/[. ]$/.test(name)) return 'ends in a dot or a space, which Windows leaves out';
  if (DEVICE.test(foldName(name))) return 'is one that Windows keeps for a device';
  return undefined;
}
