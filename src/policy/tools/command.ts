import type { ToolTable } from '../tool-table.js';

export const command: ToolTable = {
  summary: 'Runs a program without functions, or says what a name is.',
  style: 'posix',
  operands: ['command'],
  options: {
    '-p': 'none',
    '-v': 'text',
    '-V': 'text',
  },
};
