import type { ToolTable } from '../tool-table.js';

export const which: ToolTable = {
  summary: 'Finds programs.',
  operands: ['text'],
  options: {
    '-a': 'none',
    '-s': 'none',
  },
};
