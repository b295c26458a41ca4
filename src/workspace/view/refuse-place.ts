import { lstat, readdir } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { toVisibleLine } from '../../base/visible-text.js';
import { isMissing } from '../fs-errors.js';

/** Folders of the system: nothing in them is a project, and much of it is secret. */
const SYSTEM = ['/boot', '/etc', '/proc', '/sys'];
/** Places that hold other folders; a folder below may be a project. */
const SHARED = [
  ...['/bin', '/dev', '/home', '/lib', '/media', '/mnt', '/opt', '/root', '/run', '/sbin'],
  ...['/usr', '/usr/local', '/var', '/Users', '/Library', '/System', '/Applications'],
];
/** Folders of a home that hold keys and nothing else. */
const KEY_FOLDERS = ['.ssh', '.gnupg', '.aws', '.azure', '.kube', '.password-store', '.config/gcloud'];

/**
 * What only a home folder, or a copy of one, has at its top: the tools' own files, for many a project has a
 * folder such as `.azure` or `.aws` with nothing secret in it.
 */
const KEY_FILES = [
  ...['.gnupg/private-keys-v1.d', '.gnupg/secring.gpg', '.gnupg/pubring.kbx', '.password-store/.gpg-id'],
  ...['.aws/credentials', '.aws/sso/cache', '.kube/config', '.oci/config'],
  ...['.azure/accessTokens.json', '.azure/msal_token_cache.json', '.azure/msal_token_cache.bin'],
  ...['.config/gcloud/credentials.db', '.config/gcloud/application_default_credentials.json'],
  ...['.config/gh/hosts.yml', 'Library/Keychains'],
];

/** Why no session may be given this folder, by where it is: a clause, or `undefined`. Links are resolved before. */
export function refusePlace(root: string, homes: readonly string[]): string | undefined {
  if (root === sep || /^[A-Za-z]:\\?$/.test(root)) return 'it is the root of the file system';
  if (homes.some((home) => isWithin(home, root))) return `${root} holds your home folder`;
  if (SYSTEM.some((folder) => isWithin(root, folder)) || SHARED.includes(root))
    return `${root} belongs to the system`;
  const keys = homes.flatMap((home) => KEY_FOLDERS.map((name) => join(home, name)));
  if (keys.some((folder) => isWithin(root, folder))) return `${root} is where your keys are kept`;
  return undefined;
}

/** Why no session may be given this folder, by what is at its top: a clause, or `undefined`. */
export async function refuseKeys(root: string): Promise<string | undefined> {
  const found = await Promise.all(KEY_FILES.map((name) => isThere(join(root, name))));
  const names = [...(await findSshKeys(root)), ...KEY_FILES.filter((_, index) => found[index])];
  return names.length === 0 ? undefined : `${root} holds keys (${toVisibleLine(names.join(', '))})`;
}

/** Private keys have any name; most have the public one beside them. */
async function findSshKeys(root: string): Promise<readonly string[]> {
  let names: readonly string[];
  try {
    names = await readdir(join(root, '.ssh'));
  } catch (error) {
    return isMissing(error) ? [] : ['.ssh'];
  }
  const isKey = (name: string) =>
    !name.endsWith('.pub') && (/^id_|\.pem$/.test(name) || names.includes(`${name}.pub`));
  const key = names.find(isKey);
  return key === undefined ? [] : [`.ssh/${key}`];
}

export function isWithin(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep);
}

async function isThere(path: string): Promise<boolean> {
  try {
    await lstat(path);
    return true;
  } catch (error) {
    // A folder that may not be entered is there: what it holds is not known, so it counts.
    return !isMissing(error);
  }
}
