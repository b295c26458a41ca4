import type { ToolTable } from '../tool-table.js';

export const dirname: ToolTable = {
  summary: 'Cuts the last part off names, as text.',
  operands: ['text'],
  options: {
    '-z, --zero': 'none',
    '--help': 'none',
    '--version': 'none',
  },
};
