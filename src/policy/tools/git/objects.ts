import type { ToolTable } from '../../tool-table.js';

export const lsFiles: ToolTable = {
  summary: 'Lists the files of the index.',
  options: {
    '-z': 'none',
    '-t': 'none',
    '-v': 'none',
    '-f': 'none',
    '-c, --cached': 'none',
    '-d, --deleted': 'none',
    '-m, --modified': 'none',
    '-o, --others': 'none',
    '-i, --ignored': 'none',
    '-s, --stage': 'none',
    '-k, --killed': 'none',
    '--directory': 'none',
    '--no-directory': 'none',
    '--eol': 'none',
    '--empty-directory': 'none',
    '--no-empty-directory': 'none',
    '-u, --unmerged': 'none',
    '--resolve-undo': 'none',
    '-x, --exclude': 'text',
    '-X, --exclude-from': 'read',
    '--exclude-per-directory': 'read',
    '--exclude-standard': 'none',
    '--full-name': 'none',
    '--recurse-submodules': 'denied',
    '--error-unmatch': 'none',
    '--with-tree': 'text',
    '--abbrev': 'text?',
    '--debug': 'none',
    '--deduplicate': 'none',
    '--sparse': 'none',
    '--format': 'text',
  },
  operands: ['read'],
};

export const lsTree: ToolTable = {
  summary: 'Lists a tree of the history.',
  options: {
    '-d': 'none',
    '-r': 'none',
    '-t': 'none',
    '-z': 'none',
    '-l, --long': 'none',
    '--name-only': 'none',
    '--name-status': 'none',
    '--object-only': 'none',
    '--full-name': 'none',
    '--full-tree': 'none',
    '--format': 'text',
    '--abbrev': 'text?',
  },
  operands: ['text', 'read'],
};

export const catFile: ToolTable = {
  summary: 'Prints objects of the history.',
  options: {
    '-e': 'none',
    '-p': 'none',
    '-t': 'none',
    '-s': 'none',
    '-z': 'none',
    '--allow-unknown-type': 'none',
    '--mailmap, --use-mailmap': 'none',
    '--batch': 'text?',
    '--batch-check': 'text?',
    '--batch-command': 'text?',
    '--batch-all-objects': 'none',
    '--buffer': 'none',
    '--follow-symlinks': 'none',
    '--unordered': 'none',
    // Programs of the repository's configuration.
    '--textconv': 'denied',
    '--filters': 'denied',
    '--path': 'denied=',
  },
  operands: ['text'],
};

export const hashObject: ToolTable = {
  summary: 'Computes the name of an object.',
  options: {
    '-t': 'text',
    '-w': { takes: 'none', makes: 'writes' },
    '--stdin': 'none',
    '--literally': 'none',
    '--no-filters': 'none',
    '--stdin-paths': 'denied',
    '--path': 'denied=',
  },
  operands: ['read'],
  // Filters are programs of the repository's configuration.
  insert: ['--no-filters'],
};

export const countObjects: ToolTable = {
  summary: 'Counts objects.',
  options: { '-v, --verbose': 'none', '-H, --human-readable': 'none' },
  operands: [],
};

export const fsck: ToolTable = {
  summary: 'Checks the repository.',
  options: {
    '-v, --verbose': 'none',
    '--unreachable': 'none',
    '--dangling': 'none',
    '--no-dangling': 'none',
    '--tags': 'none',
    '--root': 'none',
    '--cache': 'none',
    '--reflogs': 'none',
    '--no-reflogs': 'none',
    '--full': 'none',
    '--no-full': 'none',
    '--connectivity-only': 'none',
    '--strict': 'none',
    '--progress': 'none',
    '--no-progress': 'none',
    '--name-objects': 'none',
    '--lost-found': { takes: 'none', makes: 'writes' },
  },
  operands: ['text'],
};
