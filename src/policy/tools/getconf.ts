import type { ToolTable } from '../tool-table.js';

export const getconf: ToolTable = {
  summary: 'Prints system limits.',
  style: 'posix',
  operands: ['text', 'text'],
  maxOperands: 2,
  options: {
    '-a': 'none',
    '-v': 'text',
    '--help': 'none',
    '--version': 'none',
  },
};
