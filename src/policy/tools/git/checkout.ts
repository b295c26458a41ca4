import type { ToolTable } from '../../tool-table.js';

type Options = NonNullable<ToolTable['options']>;

const shared: Options = {
  '-q, --quiet': 'none',
  '--progress': 'none',
  '--no-progress': 'none',
  '-m, --merge': 'none',
  '--conflict': 'text',
  // It starts git in the submodules.
  '--recurse-submodules': 'denied',
  '--no-recurse-submodules': 'none',
};

const switching: Options = {
  '--guess': 'none',
  '--no-guess': 'none',
  '-d, --detach': 'none',
  '-t, --track': 'text?',
  '--no-track': 'none',
  '-f, --force': 'none',
  '--orphan': 'text',
  '--overwrite-ignore': 'none',
  '--no-overwrite-ignore': 'none',
  '--ignore-other-worktrees': 'none',
};

const restoring: Options = {
  '--overlay': 'none',
  '--no-overlay': 'none',
  '-2, --ours': 'none',
  '-3, --theirs': 'none',
  '--ignore-skip-worktree-bits': 'none',
  // The names come from a file that nobody has looked into.
  '--pathspec-from-file': 'denied',
  '--pathspec-file-nul': 'none',
  // It waits for a person.
  '-p, --patch': 'denied',
};

/** Operands are a branch and paths to write; a branch has the form of a path. */
export const checkout: ToolTable = {
  summary: 'Changes the branch, or brings files back.',
  options: { ...shared, ...switching, ...restoring, '-b': 'text', '-B': 'text', '-l': 'none' },
  operands: ['write'],
  writes: true,
};

export const switchBranch: ToolTable = {
  summary: 'Changes the branch.',
  options: {
    ...shared,
    ...switching,
    '-c, --create': 'text',
    '-C, --force-create': 'text',
    '--discard-changes': 'none',
  },
  operands: ['text'],
  maxOperands: 2,
  writes: true,
};

export const restore: ToolTable = {
  summary: 'Brings files back.',
  options: {
    ...shared,
    ...restoring,
    '-s, --source': 'text',
    '-S, --staged': 'none',
    '-W, --worktree': 'none',
    '--ignore-unmerged': 'none',
  },
  operands: ['write'],
  writes: true,
};

export const reset: ToolTable = {
  summary: 'Sets the branch, the index and the files back.',
  options: {
    '-q, --quiet': 'none',
    '--no-quiet': 'none',
    '--refresh': 'none',
    '--no-refresh': 'none',
    '--mixed': 'none',
    '--soft': 'none',
    '--hard': 'none',
    '--merge': 'none',
    '--keep': 'none',
    '-N, --intent-to-add': 'none',
    '--pathspec-from-file': 'denied',
    '--pathspec-file-nul': 'none',
    '--recurse-submodules': 'denied',
    '-p, --patch': 'denied',
  },
  operands: ['read'],
  writes: true,
};
