import type { ToolTable } from '../tool-table.js';

export const pwd: ToolTable = {
  summary: 'Prints the working directory.',
  operands: [],
  options: {
    '-L, --logical': 'none',
    '-P, --physical': 'none',
    '--help': 'none',
    '--version': 'none',
  },
};
