import type { ToolTable } from '../tool-table.js';

export const tee: ToolTable = {
  summary: 'Copies its input to files.',
  operands: ['write'],
  options: {
    '-a, --append': 'none',
    '-i, --ignore-interrupts': 'none',
    '-p': 'none',
    '--output-error': 'text?',
    '--help': 'none',
    '--version': 'none',
  },
};
