import type { ToolTable } from '../tool-table.js';

export const nproc: ToolTable = {
  summary: 'Counts the processors.',
  operands: [],
  options: {
    '--all': 'none',
    '--ignore': 'text',
    '--help': 'none',
    '--version': 'none',
  },
};
