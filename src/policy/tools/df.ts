import type { ToolTable } from '../tool-table.js';

export const df: ToolTable = {
  summary: 'Says how full the file systems are.',
  options: {
    '-a, --all': 'none',
    '-h, --human-readable': 'none',
    '-H, --si': 'none',
    '-i, --inodes': 'none',
    '-k': 'none',
    '-l, --local': 'none',
    '--no-sync': 'none',
    '-P, --portability': 'none',
    '--sync': 'none',
    '--total': 'none',
    '-T, --print-type': 'none',
    '-v': 'none',
    '-m': 'none',
    '--megabytes': 'none',
    '-B, --block-size': 'text',
    '-t, --type': 'text',
    '-x, --exclude-type': 'text',
    '--output': 'text?',
    '--help': 'none',
    '--version': 'none',
  },
};
