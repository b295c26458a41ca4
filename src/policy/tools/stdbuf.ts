import type { ToolTable } from '../tool-table.js';

export const stdbuf: ToolTable = {
  summary: 'Runs a program with other buffering.',
  style: 'posix',
  operands: ['command'],
  options: {
    '-i, --input': 'text',
    '-o, --output': 'text',
    '-e, --error': 'text',
    '--help': 'none',
    '--version': 'none',
  },
};
