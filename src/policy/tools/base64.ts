import type { ToolTable } from '../tool-table.js';

export const base64: ToolTable = {
  summary: 'Encodes and decodes.',
  maxOperands: 1,
  options: {
    '-d, --decode': 'none',
    '-i, --ignore-garbage': 'none',
    '-w, --wrap': 'text',
    '--help': 'none',
    '--version': 'none',
  },
};
