import type { ToolTable } from '../tool-table.js';

export const unexpand: ToolTable = {
  summary: 'Turns spaces into tabs.',
  numberOption: true,
  options: {
    '-a, --all': 'none',
    '--first-only': 'none',
    '-t, --tabs': 'text',
    '--help': 'none',
    '--version': 'none',
  },
};
