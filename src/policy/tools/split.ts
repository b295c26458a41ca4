import type { ToolTable } from '../tool-table.js';

export const split: ToolTable = {
  summary: 'Cuts a file into pieces.',
  numberOption: true,
  operands: ['read', 'write'],
  maxOperands: 2,
  writes: true,
  options: {
    '-d': 'none',
    '-x': 'none',
    '-e, --elide-empty-files': 'none',
    '-u, --unbuffered': 'none',
    '--verbose': 'none',
    '-a, --suffix-length': 'text',
    '--additional-suffix': 'text',
    '-b, --bytes': 'text',
    '-C, --line-bytes': 'text',
    '-l, --lines': 'text',
    '-n, --number': 'text',
    '-t, --separator': 'text',
    '--numeric-suffixes': 'text?',
    '--hex-suffixes': 'text?',
    // Starts a shell.
    '--filter': 'program',
    '---io-blksize': 'denied',
    '--help': 'none',
    '--version': 'none',
  },
};
