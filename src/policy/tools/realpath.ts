import type { ToolTable } from '../tool-table.js';

export const realpath: ToolTable = {
  summary: 'Prints paths with all links resolved.',
  options: {
    '-e, --canonicalize-existing': 'none',
    '-m, --canonicalize-missing': 'none',
    '-L, --logical': 'none',
    '-P, --physical': 'none',
    '-q, --quiet': 'none',
    '-s, --strip, --no-symlinks': 'none',
    '-z, --zero': 'none',
    '--relative-to': 'read',
    '--relative-base': 'read',
    '--help': 'none',
    '--version': 'none',
  },
};
