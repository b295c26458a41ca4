import type { ToolTable } from '../tool-table.js';

export const yes: ToolTable = {
  summary: 'Prints a line again and again.',
  operands: ['text'],
  options: {
    '--help': 'none',
    '--version': 'none',
  },
};
