import type { ToolTable } from '../tool-table.js';

export const tr: ToolTable = {
  summary: 'Translates characters.',
  operands: ['text'],
  maxOperands: 2,
  options: {
    '-c, -C, --complement': 'none',
    '-d, --delete': 'none',
    '-s, --squeeze-repeats': 'none',
    '-t, --truncate-set1': 'none',
    '--help': 'none',
    '--version': 'none',
  },
};
