import type { ToolTable } from '../tool-table.js';

export const zcat: ToolTable = {
  summary: 'Prints compressed files.',
  operands: ['read'],
  options: {
    '-f, --force': 'none',
    '-h, --help': 'none',
    '-l, --list': 'none',
    '-L, --license': 'none',
    '-q, --quiet': 'none',
    '-r, --recursive': 'none',
    '--synchronous': 'none',
    '-t, --test': 'none',
    '-v, --verbose': 'none',
    '-V, --version': 'none',
    '-S, --suffix': 'denied',
  },
};
