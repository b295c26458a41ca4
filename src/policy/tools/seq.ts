import type { ToolTable } from '../tool-table.js';

export const seq: ToolTable = {
  summary: 'Prints a sequence of numbers.',
  numberOption: true,
  operands: ['text'],
  maxOperands: 3,
  options: {
    '-f, --format': 'text',
    '-s, --separator': 'text',
    '-w, --equal-width': 'none',
    '--help': 'none',
    '--version': 'none',
  },
};
