import type { ToolTable } from '../tool-table.js';

export const uniq: ToolTable = {
  summary: 'Drops or counts repeated lines.',
  numberOption: true,
  operands: ['read', 'write'],
  maxOperands: 2,
  options: {
    '-c, --count': 'none',
    '-d, --repeated': 'none',
    '-D': 'none',
    '-i, --ignore-case': 'none',
    '-u, --unique': 'none',
    '-z, --zero-terminated': 'none',
    '--all-repeated': 'text?',
    '--group': 'text?',
    '-f, --skip-fields': 'text',
    '-s, --skip-chars': 'text',
    '-w, --check-chars': 'text',
    '--help': 'none',
    '--version': 'none',
  },
};
