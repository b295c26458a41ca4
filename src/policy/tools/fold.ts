import type { ToolTable } from '../tool-table.js';

export const fold: ToolTable = {
  summary: 'Wraps lines.',
  numberOption: true,
  options: {
    '-b, --bytes': 'none',
    '-s, --spaces': 'none',
    '-w, --width': 'text',
    '--help': 'none',
    '--version': 'none',
  },
};
