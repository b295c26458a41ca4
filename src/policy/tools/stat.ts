import type { ToolTable } from '../tool-table.js';

export const stat: ToolTable = {
  summary: 'Prints what the file system says of files.',
  options: {
    '-L, --dereference': 'none',
    '-f, --file-system': 'none',
    '-t, --terse': 'none',
    '--cached': 'text',
    '-c, --format': 'text',
    '--printf': 'text',
    '--help': 'none',
    '--version': 'none',
  },
};
