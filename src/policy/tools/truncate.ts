import type { ToolTable } from '../tool-table.js';

export const truncate: ToolTable = {
  summary: 'Sets the size of files.',
  operands: ['write'],
  options: {
    '-c, --no-create': 'none',
    '-o, --io-blocks': 'none',
    '-s, --size': 'text',
    '-r, --reference': 'read',
    '--help': 'none',
    '--version': 'none',
  },
};
