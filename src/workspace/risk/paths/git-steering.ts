import type { PathRule } from '../path-rule.js';

/**
 * What git obeys in the work tree: filters, diff and merge programs by attribute, submodules' sources, configurations
 * that are included, hooks. `.gitignore` and `.mailmap` are ordinary: they start nothing.
 */
export const gitSteering: PathRule = {
  rule: 'git-steering',
  reason: 'git obeys it, and can start programs or fetch code by it',
  names: [
    '.gitattributes',
    '.gitmodules',
    '.lfsconfig',
    '.gitreview',
    '.gitconfig',
    'gitconfig',
    '.gitalias',
  ],
  places: ['.config/git', '.git-templates', 'info/attributes'],
  pattern: /^\.gitconfig[.\-_]|\.gitconfig$/,
};
