import type { ToolTable } from '../tool-table.js';

export const cut: ToolTable = {
  summary: 'Cuts columns out of lines.',
  options: {
    '-b, --bytes': 'text',
    '-c, --characters': 'text',
    '-d, --delimiter': 'text',
    '-f, --fields': 'text',
    '--output-delimiter': 'text',
    '-n': 'none',
    '--complement': 'none',
    '-s, --only-delimited': 'none',
    '-z, --zero-terminated': 'none',
    '--help': 'none',
    '--version': 'none',
  },
};
