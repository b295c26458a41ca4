import type { ToolTable } from '../tool-table.js';

export const join: ToolTable = {
  summary: 'Joins two sorted files on a field.',
  maxOperands: 2,
  options: {
    '-a': 'text',
    '-e': 'text',
    '-j': 'text',
    '-o': 'text',
    '-t': 'text',
    '-v': 'text',
    '-1': 'text',
    '-2': 'text',
    '-i, --ignore-case': 'none',
    '--check-order': 'none',
    '--nocheck-order': 'none',
    '--header': 'none',
    '-z, --zero-terminated': 'none',
    '--help': 'none',
    '--version': 'none',
  },
};
