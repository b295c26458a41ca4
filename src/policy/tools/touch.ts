import type { ToolTable } from '../tool-table.js';

export const touch: ToolTable = {
  summary: 'Creates files, or sets their times.',
  operands: ['write'],
  options: {
    '-a': 'none',
    '-c, --no-create': 'none',
    '-f': 'none',
    '-h, --no-dereference': 'none',
    '-m': 'none',
    '-d, --date': 'text',
    '-t': 'text',
    '--time': 'text',
    '-r, --reference': 'read',
    '--help': 'none',
    '--version': 'none',
  },
};
