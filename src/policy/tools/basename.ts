import type { ToolTable } from '../tool-table.js';

export const basename: ToolTable = {
  summary: 'Cuts the directory off names, as text.',
  operands: ['text'],
  options: {
    '-a, --multiple': 'none',
    '-z, --zero': 'none',
    '-s, --suffix': 'text',
    '--help': 'none',
    '--version': 'none',
  },
};
