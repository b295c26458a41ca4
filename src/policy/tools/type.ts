import type { ToolTable } from '../tool-table.js';

export const typeTool: ToolTable = {
  summary: 'Says what a name is.',
  operands: ['text'],
  abbreviations: false,
  options: {
    '-t': 'none',
    '-a': 'none',
    '-p': 'none',
    '-P': 'none',
    '-f': 'none',
  },
};
