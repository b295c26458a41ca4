import type { ToolTable } from '../../tool-table.js';

type Options = NonNullable<ToolTable['options']>;

const message: Options = {
  '-m, --message': 'text',
  '-F, --file': 'read',
  '--cleanup': 'text',
  '-q, --quiet': 'none',
  '-v, --verbose': 'none',
  '-n, --no-verify': 'none',
  '--verify': 'none',
  '-s, --signoff': 'none',
  '--no-signoff': 'none',
  '--no-edit': 'none',
  '--no-gpg-sign': 'none',
  // An editor and gpg are programs.
  '-e, --edit': 'denied',
  '-S, --gpg-sign': 'denied',
};

export const commit: ToolTable = {
  summary: 'Records what is in the index.',
  options: {
    ...message,
    '--author': 'text',
    '--date': 'text',
    '-c, --reedit-message': 'text',
    '-C, --reuse-message': 'text',
    '--fixup': 'text',
    '--squash': 'text',
    '--reset-author': 'none',
    '-a, --all': 'none',
    '-i, --include': 'none',
    '-o, --only': 'none',
    '--dry-run': 'none',
    '--short': 'none',
    '--branch': 'none',
    '--ahead-behind': 'none',
    '--porcelain': 'none',
    '--long': 'none',
    '-z, --null': 'none',
    '--status': 'none',
    '--no-status': 'none',
    '--amend': 'none',
    '--no-post-rewrite': 'none',
    '--allow-empty': 'none',
    '--allow-empty-message': 'none',
    '-u, --untracked-files': 'text?',
    // The names come from a file that nobody has looked into.
    '--pathspec-from-file': 'denied',
    '--pathspec-file-nul': 'none',
    '--interactive': 'denied',
    '-p, --patch': 'denied',
    '-t, --template': 'denied=',
    // It starts what the configuration names under trailer.*.command.
    '--trailer': 'denied=',
  },
  operands: ['read'],
  writes: true,
};

export const merge: ToolTable = {
  summary: 'Merges a branch.',
  options: {
    ...message,
    '-n': 'none',
    '--no-verify': 'none',
    '--stat': 'none',
    '--no-stat': 'none',
    '--summary': 'none',
    '--no-summary': 'none',
    '--log': 'text?',
    '--no-log': 'none',
    '--squash': 'none',
    '--no-squash': 'none',
    '--commit': 'none',
    '--no-commit': 'none',
    '--ff': 'none',
    '--no-ff': 'none',
    '--ff-only': 'none',
    '--rerere-autoupdate': 'none',
    '--no-rerere-autoupdate': 'none',
    '-X, --strategy-option': 'text',
    '--into-name': 'text',
    '--abort': 'none',
    '--quit': 'none',
    '--continue': 'none',
    '--allow-unrelated-histories': 'none',
    '--progress': 'none',
    '--no-progress': 'none',
    '--autostash': 'none',
    '--no-autostash': 'none',
    '--overwrite-ignore': 'none',
    '--no-overwrite-ignore': 'none',
    // A strategy is a program, git-merge-NAME; a signature is checked by gpg.
    '-s, --strategy': 'denied=',
    '--verify-signatures': 'denied',
    '--no-verify-signatures': 'none',
    '--signoff': 'none',
  },
  operands: ['text'],
  writes: true,
};

const picking: Options = {
  '--quit': 'none',
  '--continue': 'none',
  '--abort': 'none',
  '--skip': 'none',
  '--cleanup': 'text',
  '-n, --no-commit': 'none',
  '--no-edit': 'none',
  '-s, --signoff': 'none',
  '-m, --mainline': 'text',
  '--rerere-autoupdate': 'none',
  '--no-rerere-autoupdate': 'none',
  '-X, --strategy-option': 'text',
  '--no-gpg-sign': 'none',
  '-e, --edit': 'denied',
  '--strategy': 'denied=',
  '-S, --gpg-sign': 'denied',
};

export const cherryPick: ToolTable = {
  summary: 'Copies commits to this branch.',
  options: {
    ...picking,
    '-x': 'none',
    '--ff': 'none',
    '--allow-empty': 'none',
    '--allow-empty-message': 'none',
    '--keep-redundant-commits': 'none',
  },
  operands: ['text'],
  writes: true,
};

export const revert: ToolTable = {
  summary: 'Takes commits back.',
  options: { ...picking, '--reference': 'none' },
  operands: ['text'],
  writes: true,
};
