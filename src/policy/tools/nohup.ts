import type { ToolTable } from '../tool-table.js';

export const nohup: ToolTable = {
  summary: 'Runs a program that outlives a hang-up.',
  style: 'posix',
  operands: ['command'],
  options: {
    '--help': 'none',
    '--version': 'none',
  },
};
