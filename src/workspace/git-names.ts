import { foldName } from './fold-name.js';

/** What Windows may call `.git` for short: the first of such names, and those it makes when they are taken. */
const SHORT = /^(?:git~\d+|gi[0-9a-f]{4}~\d+)$/;

/** True for every spelling that some file system takes for `.git` (CVE-2014-9390, CVE-2019-1352/1353). */
export function isGitName(part: string): boolean {
  return part.split('\\').some((name) => {
    const folded = foldName(name);
    return folded === '.git' || SHORT.test(folded);
  });
}

/** The shortest leading part of the path that ends in a `.git` of any spelling. */
export function findGitPart(path: string): string | undefined {
  const parts = path.split('/');
  const index = parts.findIndex(isGitName);
  return index < 0 ? undefined : parts.slice(0, index + 1).join('/');
}
