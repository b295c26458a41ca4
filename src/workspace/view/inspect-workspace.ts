import { realpath, stat, statfs } from 'node:fs/promises';
import { homedir, userInfo } from 'node:os';
import { describeError, errors } from '../../base/errors.js';
import { codeOf } from '../fs-errors.js';
import { isWithin, refuseKeys, refusePlace } from './refuse-place.js';

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
  const unfit = refusePlace(root, await findHomes()) ?? (await refuseKeys(root));
  if (unfit !== undefined) throw errors.workspaceUnsuitable(unfit);
  const state = await realpath(stateDir);
  if (isWithin(state, root)) throw errors.workspaceUnsuitable(`${root} holds Airlock's own storage`);
  if (isWithin(root, state)) throw errors.workspaceUnsuitable(`${root} is inside Airlock's own storage`);
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

/** The home folder of the environment, and the one that the system knows: they may differ, as under sudo. */
async function findHomes(): Promise<readonly string[]> {
  const homes = [homedir()];
  try {
    homes.push(userInfo().homedir);
  } catch (error) {
    // A uid without an entry in the system's list of users has no second one.
    if (codeOf(error) !== 'ERR_SYSTEM_ERROR') throw error;
  }
  return Promise.all(homes.map((home) => realpath(home).catch(() => home)));
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
