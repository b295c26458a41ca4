import type { ToolTable } from '../tool-table.js';

export const paste: ToolTable = {
  summary: 'Joins lines side by side.',
  options: {
    '-d, --delimiters': 'text',
    '-s, --serial': 'none',
    '-z, --zero-terminated': 'none',
    '--help': 'none',
    '--version': 'none',
  },
};
