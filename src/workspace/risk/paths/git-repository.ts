import type { PathRule } from '../path-rule.js';

/**
 * The parts of a repository without a `.git` folder: in a folder with a HEAD and what belongs to it, git takes the
 * `config` beside it for its own and runs what that names (CVE-2022-24765 and what followed). None is complete
 * without a HEAD. A file `config` is judged by what is in it.
 */
export const gitRepository: PathRule = {
  rule: 'git-repository',
  reason: 'with it, git can take the folder for a repository and obey the settings in it',
  names: ['head', 'commondir', 'config.worktree', 'packed-refs', 'gitdir'],
  places: ['refs/heads', 'refs/tags', 'refs/remotes'],
};
