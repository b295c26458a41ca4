import type { ToolTable } from '../tool-table.js';

export const cmp: ToolTable = {
  summary: 'Compares two files byte by byte.',
  operands: ['read', 'read', 'text', 'text'],
  maxOperands: 4,
  options: {
    '-b, --print-bytes': 'none',
    '-l, --verbose': 'none',
    '-s, --quiet, --silent': 'none',
    '--help': 'none',
    '-v, --version': 'none',
    '-i, --ignore-initial': 'text',
    '-n, --bytes': 'text',
  },
};
