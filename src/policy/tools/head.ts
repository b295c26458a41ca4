import type { ToolTable } from '../tool-table.js';

export const head: ToolTable = {
  summary: 'Prints the beginning of files.',
  numberOption: true,
  options: {
    '-c, --bytes': 'text',
    '-n, --lines': 'text',
    '-q, --quiet, --silent': 'none',
    '-v, --verbose': 'none',
    '-z, --zero-terminated': 'none',
    // For the tool's own tests.
    '---presume-input-pipe': 'none',
    '--help': 'none',
    '--version': 'none',
  },
};
