import type { ToolTable } from '../tool-table.js';

export const comm: ToolTable = {
  summary: 'Compares two sorted files.',
  maxOperands: 2,
  options: {
    '-1': 'none',
    '-2': 'none',
    '-3': 'none',
    '--check-order': 'none',
    '--nocheck-order': 'none',
    '--total': 'none',
    '-z, --zero-terminated': 'none',
    '--output-delimiter': 'text',
    '--help': 'none',
    '--version': 'none',
  },
};
