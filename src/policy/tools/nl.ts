import type { ToolTable } from '../tool-table.js';

export const nl: ToolTable = {
  summary: 'Numbers lines.',
  options: {
    '-b, --body-numbering': 'text',
    '-d, --section-delimiter': 'text',
    '-f, --footer-numbering': 'text',
    '-h, --header-numbering': 'text',
    '-i, --line-increment': 'text',
    '-l, --join-blank-lines': 'text',
    '-n, --number-format': 'text',
    '-s, --number-separator': 'text',
    '-v, --starting-line-number': 'text',
    '-w, --number-width': 'text',
    '-p, --no-renumber': 'none',
    '--help': 'none',
    '--version': 'none',
  },
};
