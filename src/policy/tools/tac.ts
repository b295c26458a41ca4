import type { ToolTable } from '../tool-table.js';

export const tac: ToolTable = {
  summary: 'Prints files, last line first.',
  options: {
    '-b, --before': 'none',
    '-r, --regex': 'none',
    '-s, --separator': 'text',
    '--help': 'none',
    '--version': 'none',
  },
};
