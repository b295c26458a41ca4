import type { ToolTable } from '../../tool-table.js';
import { plainSubmodules } from './diff-options.js';

export const status: ToolTable = {
  summary: 'Shows which files changed.',
  options: {
    '-v, --verbose': 'none',
    '-s, --short': 'none',
    '-b, --branch': 'none',
    '--show-stash': 'none',
    '--ahead-behind': 'none',
    '--no-ahead-behind': 'none',
    '--porcelain': 'text?',
    '--long': 'none',
    '-z, --null': 'none',
    '-u, --untracked-files': 'text?',
    '--ignored': 'text?',
    '--column': 'text?',
    '--no-column': 'none',
    '--no-renames': 'none',
    '--renames': 'none',
    '-M, --find-renames': 'text?',
    // A submodule has a configuration of its own, which our environment does not reach.
    '--ignore-submodules': 'denied',
  },
  operands: ['read'],
  insert: [plainSubmodules],
};

/** Only read: one name at most, for with a second it would be set. */
export const config: ToolTable = {
  summary: 'Shows settings.',
  options: {
    '--global': 'none',
    '--system': 'none',
    '--local': 'none',
    '--worktree': 'none',
    '--get': 'none',
    '--get-all': 'none',
    '--get-regexp': 'none',
    '-l, --list': 'none',
    '-t, --type': 'text',
    '--bool': 'none',
    '--int': 'none',
    '--bool-or-int': 'none',
    '--bool-or-str': 'none',
    '--path': 'none',
    '--expiry-date': 'none',
    '-z, --null': 'none',
    '--name-only': 'none',
    '--includes': 'none',
    '--no-includes': 'none',
    '--show-origin': 'none',
    '--show-scope': 'none',
    '--fixed-value': 'none',
    '--default': 'text',
    '-f, --file': 'denied=',
    '--blob': 'denied=',
    '--get-urlmatch': 'denied',
    '--get-color': 'denied',
    '--get-colorbool': 'denied',
    '--replace-all': 'denied',
    '--add': 'denied',
    '--unset': 'denied',
    '--unset-all': 'denied',
    '--rename-section': 'denied',
    '--remove-section': 'denied',
    '-e, --edit': 'denied',
  },
  operands: ['text'],
  maxOperands: 1,
};

export const remote: ToolTable = {
  summary: 'Shows the other repositories that this one knows.',
  leadingOptions: { '-v, --verbose': 'none' },
  subcommands: {
    show: {
      summary: 'Shows what is known of another repository, without asking it.',
      options: { '-n': 'none' },
      operands: ['text'],
      insert: ['-n'],
    },
    'get-url': {
      summary: 'Shows the address of another repository.',
      options: { '--push': 'none', '--all': 'none' },
      operands: ['text'],
      maxOperands: 1,
    },
  },
};

export const worktree: ToolTable = {
  summary: 'Lists working trees.',
  subcommands: {
    list: {
      summary: 'Lists working trees.',
      options: { '-v, --verbose': 'none', '--porcelain': 'none', '-z': 'none' },
      operands: [],
    },
  },
};

export const variable: ToolTable = {
  summary: 'Shows what git would use as an editor, a pager or a name.',
  options: { '-l': 'none' },
  operands: ['text'],
  maxOperands: 1,
};

export const version: ToolTable = {
  summary: 'Prints the version.',
  options: { '--build-options': 'none' },
  operands: [],
};
