import type { ToolTable } from '../tool-table.js';

export const mktemp: ToolTable = {
  summary: 'Makes a file or directory with a new name.',
  operands: ['write'],
  maxOperands: 1,
  writes: true,
  options: {
    '-d, --directory': 'none',
    '-u, --dry-run': 'none',
    '-q, --quiet': 'none',
    '-t': 'none',
    '--suffix': 'text',
    '-p': 'write',
    '--tmpdir': 'write?',
    '--help': 'none',
    '--version': 'none',
  },
};
