import type { ToolTable } from '../tool-table.js';

export const readlink: ToolTable = {
  summary: 'Prints where links lead.',
  options: {
    '-f, --canonicalize': 'none',
    '-e, --canonicalize-existing': 'none',
    '-m, --canonicalize-missing': 'none',
    '-n, --no-newline': 'none',
    '-q, --quiet': 'none',
    '-s, --silent': 'none',
    '-v, --verbose': 'none',
    '-z, --zero': 'none',
    '--help': 'none',
    '--version': 'none',
  },
};
