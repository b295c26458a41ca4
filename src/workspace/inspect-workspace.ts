import { realpath, stat, statfs } from 'node:fs/promises';
import { homedir } from 'node:os';
import { sep } from 'node:path';
import { describeError, errors } from '../base/errors.js';

/** Facts of a workspace that can be sandboxed. */
export interface WorkspaceFacts {
  readonly platform: NodeJS.Platform;
  readonly hostUid: number;
  /** Absolute, links resolved. */
  readonly root: string;
  readonly ownerUid: number;
  readonly ownerGid: number;
  readonly stateFileSystem: string;
}

/** Gathers the facts; throws `workspace-unsuitable` for folders that no session may be given. `stateDir` must exist. */
export async function inspectWorkspace(workspace: string, stateDir: string): Promise<WorkspaceFacts> {
  const root = await resolveRoot(workspace);
  const stats = await stat(root);
  if (!stats.isDirectory()) throw errors.workspaceUnsuitable(`${root} is not a folder`);
  if (root === sep || /^[A-Za-z]:\\?$/.test(root))
    throw errors.workspaceUnsuitable('it is the root of the file system');
  const home = await realpath(homedir()).catch(() => homedir());
  if (contains(root, home)) throw errors.workspaceUnsuitable(`${root} holds your home folder`);
  const state = await realpath(stateDir);
  if (contains(root, state)) throw errors.workspaceUnsuitable(`${root} holds Airlock's own storage`);
  if (contains(state, root)) throw errors.workspaceUnsuitable(`${root} is inside Airlock's own storage`);
  return {
    platform: process.platform,
    hostUid: process.getuid?.() ?? -1,
    root,
    ownerUid: stats.uid,
    ownerGid: stats.gid,
    stateFileSystem: nameFileSystem((await statfs(state)).type),
  };
}

async function resolveRoot(workspace: string): Promise<string> {
  try {
    return await realpath(workspace);
  } catch (error) {
    throw errors.workspaceUnsuitable(`${workspace} cannot be opened (${describeError(error)})`);
  }
}

function contains(outer: string, inner: string): boolean {
  return inner === outer || inner.startsWith(outer.endsWith(sep) ? outer : outer + sep);
}

// Magic numbers of statfs(2).
const FILE_SYSTEMS: Readonly<Record<number, string>> = {
  2035054128: 'overlay',
  26985: 'nfs',
  1702057286: 'fuse',
  4283649346: 'cifs',
  4266872130: 'smb2',
  16914839: '9p',
  2020557398: 'vboxsf',
  61791: 'ecryptfs',
  19780: 'msdos',
  538032816: 'exfat',
  1635083891: 'aufs',
  61267: 'ext4',
  1481003842: 'xfs',
  2435016766: 'btrfs',
  16914836: 'tmpfs',
};

/** `ext4`, `overlay`, … or the number of a type that has no name here. */
export function nameFileSystem(type: number): string {
  // statfs's type is a signed long on some platforms.
  const magic = type >>> 0;
  return FILE_SYSTEMS[magic] ?? `0x${magic.toString(16)}`;
}
