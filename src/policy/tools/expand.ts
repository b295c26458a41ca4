import type { ToolTable } from '../tool-table.js';

export const expand: ToolTable = {
  summary: 'Turns tabs into spaces.',
  numberOption: true,
  options: {
    '-i, --initial': 'none',
    '-t, --tabs': 'text',
    '--help': 'none',
    '--version': 'none',
  },
};
