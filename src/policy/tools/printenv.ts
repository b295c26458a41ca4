import type { ToolTable } from '../tool-table.js';

export const printenv: ToolTable = {
  summary: 'Prints the environment.',
  operands: ['text'],
  options: {
    '-0, --null': 'none',
    '--help': 'none',
    '--version': 'none',
  },
};
