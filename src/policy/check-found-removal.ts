import type { Refused } from './check-tool.js';
import { resolvePath } from './resolve-path.js';
import { exampleOf, type Value } from './value.js';

/** Names that files and folders of a repository bear: what find removes must match none of them. */
const ofGit = [
  ...['.git', 'HEAD', 'ORIG_HEAD', 'FETCH_HEAD', 'MERGE_HEAD', 'COMMIT_EDITMSG', 'config', 'description'],
  ...['index', 'index.lock', 'packed-refs', 'shallow', 'hooks', 'info', 'exclude', 'logs', 'refs', 'heads'],
  ...['tags', 'remotes', 'origin', 'objects', 'pack', 'main', 'master', 'pre-commit', 'pre-push', 'ab'],
  ...['pre-commit.sample', 'post-checkout', 'commit-graph', 'worktrees', 'modules', 'gitdir', 'commondir'],
  ...['0123456789abcdef0123456789abcdef012345', 'pack-0123456789abcdef.pack', 'pack-0123456789abcdef.idx'],
];

/**
 * Why find may not remove what it finds: only with tests by name before it, each of which spares .git, and nothing
 * that could let other names in.
 */
export function refuseRemoval(words: readonly Value[], at: number, cwd: string): Refused | undefined {
  const shown = words.map(exampleOf).filter((word) => word !== '(' && word !== ')');
  const before = words.slice(0, at).map(exampleOf);
  if (/^(?:-o|-or|,)$/.test(before.at(-1) ?? '') || shown.includes(',')) return refuse();
  // Links may lead out of the workspace.
  if (before.some((word) => /^-(?:[HP]*L[HLP]*|follow)$/.test(word))) return refuse();
  const names = before.flatMap((word, index) => (isName(word) ? [index] : []));
  if (names.some((index) => /^(?:!|-not)$/.test(before[index - 1] ?? ''))) return refuse();
  if (before.some((word, index) => word === '(' && /^(?:!|-not)$/.test(before[index - 1] ?? '')))
    return refuse();
  if (!branches(shown).every((branch) => branch.some(isName))) return removesEmpty(before, cwd);
  if (names.length === 0) return refuse();
  return names.every((index) => sparesGit(before[index + 1] ?? '*')) ? undefined : refuse();
}

/** `rm` of what find found, and of nothing else. */
export function isRemoval(command: readonly Value[]): boolean {
  const [program, ...words] = command;
  const flags = words.slice(0, -1);
  return (
    program === 'rm' &&
    words.at(-1) === '{}' &&
    flags.every((word) => /^(?:-[rRfvd]+|--recursive|--force|--verbose)$/.test(exampleOf(word)))
  );
}

/** Empty folders and files, if .git is not below the place that is searched. */
function removesEmpty(before: readonly string[], cwd: string): Refused | undefined {
  const { length } = before;
  const first = before.findIndex((word) => /^[-!(]/.test(word));
  const places = before.slice(0, first < 0 ? length : first);
  const elsewhere = places.length > 0 && places.every((place) => (resolvePath(place, cwd) ?? '') !== '');
  const other = before.some((word) => /^(?:-o|-or|!|-not)$/.test(word));
  return elsewhere && !other && before.includes('-empty') ? undefined : refuse();
}

function isName(word: string): boolean {
  return word === '-name' || word === '-iname';
}

function branches(words: readonly string[]): string[][] {
  const found: string[][] = [[]];
  for (const word of words) {
    if (word === '-o' || word === '-or') found.push([]);
    else found.at(-1)?.push(word);
  }
  return found;
}

function sparesGit(pattern: string): boolean {
  // A class of characters could be any name; many stars take long to compare.
  if (/[[\]\\]/.test(pattern) || pattern.split(/\*+/).length > 4) return false;
  const source = pattern
    .replace(/[.+^${}()|]/g, '\\$&')
    .replace(/\*+/g, '.*')
    .replaceAll('?', '.');
  const matcher = new RegExp(`^${source}$`, 'is');
  return !ofGit.some((name) => matcher.test(name));
}

function refuse(): Refused {
  const reason = 'what it finds may be removed only by names (-name) that no file of .git bears';
  return { ok: false, part: 'removal', reason };
}
