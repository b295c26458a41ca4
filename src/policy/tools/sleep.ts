import type { ToolTable } from '../tool-table.js';

export const sleep: ToolTable = {
  summary: 'Waits.',
  operands: ['text'],
  options: {
    '--help': 'none',
    '--version': 'none',
  },
};
