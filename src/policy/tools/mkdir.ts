import type { ToolTable } from '../tool-table.js';

export const mkdir: ToolTable = {
  summary: 'Makes directories.',
  operands: ['write'],
  options: {
    '-p, --parents': 'none',
    '-v, --verbose': 'none',
    '-Z': 'none',
    '-m, --mode': 'text',
    '--context': 'text?',
    '--help': 'none',
    '--version': 'none',
  },
};
