import type { ToolTable } from '../tool-table.js';

export const cat: ToolTable = {
  summary: 'Prints files.',
  options: {
    '-A, --show-all': 'none',
    '-b, --number-nonblank': 'none',
    '-e': 'none',
    '-E, --show-ends': 'none',
    '-n, --number': 'none',
    '-s, --squeeze-blank': 'none',
    '-t': 'none',
    '-T, --show-tabs': 'none',
    '-u': 'none',
    '-v, --show-nonprinting': 'none',
    '--help': 'none',
    '--version': 'none',
  },
};
