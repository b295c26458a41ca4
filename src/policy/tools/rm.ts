import type { ToolTable } from '../tool-table.js';

export const rm: ToolTable = {
  summary: 'Removes files.',
  operands: ['removed'],
  options: {
    '-f, --force': 'none',
    '-i': 'none',
    '-I': 'none',
    '--one-file-system': 'none',
    '-r, -R, --recursive': 'none',
    '-d, --dir': 'none',
    '-v, --verbose': 'none',
    '--interactive': 'text?',
    '--preserve-root': 'text?',
    '--no-preserve-root': 'denied',
    '--help': 'none',
    '--version': 'none',
  },
};
