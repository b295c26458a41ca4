import type { ToolTable } from '../tool-table.js';

export const wc: ToolTable = {
  summary: 'Counts lines, words and bytes.',
  options: {
    '-c, --bytes': 'none',
    '-m, --chars': 'none',
    '-l, --lines': 'none',
    '-L, --max-line-length': 'none',
    '-w, --words': 'none',
    // The names come from a file, and may lie anywhere.
    '--files0-from': 'denied',
    '--help': 'none',
    '--version': 'none',
  },
};
