// Code points that HFS+ ignores when it compares names (git's `next_hfs_char`, CVE-2014-9390).
const HFS_IGNORED = /[\u200c-\u200f\u202a-\u202e\u206a-\u206f\ufeff]/g;

/** True for every spelling that some file system takes for `.git` (CVE-2014-9390, CVE-2019-1352/1353). */
export function isGitName(part: string): boolean {
  const folded = part
    .replace(HFS_IGNORED, '')
    .toLowerCase()
    .replace(/:.*$/s, '')
    .replace(/[. ]+$/, '');
  return folded === '.git' || folded === 'git~1';
}

/** The shortest leading part of the path that ends in a `.git` of any spelling. */
export function findGitPart(path: string): string | undefined {
  const parts = path.split('/');
  const index = parts.findIndex(isGitName);
  return index < 0 ? undefined : parts.slice(0, index + 1).join('/');
}
