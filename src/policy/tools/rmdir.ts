import type { ToolTable } from '../tool-table.js';

export const rmdir: ToolTable = {
  summary: 'Removes empty directories.',
  operands: ['write'],
  options: {
    '--ignore-fail-on-non-empty': 'none',
    '-p, --parents, --path': 'none',
    '-v, --verbose': 'none',
    '--help': 'none',
    '--version': 'none',
  },
};
