import type { ToolTable } from '../tool-table.js';

export const nice: ToolTable = {
  summary: 'Runs a program at a lower priority.',
  style: 'posix',
  numberOption: true,
  operands: ['command'],
  options: {
    '-n, --adjustment': 'text',
    '--help': 'none',
    '--version': 'none',
  },
};
