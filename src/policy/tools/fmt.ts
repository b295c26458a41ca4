import type { ToolTable } from '../tool-table.js';

export const fmt: ToolTable = {
  summary: 'Fills paragraphs.',
  numberOption: true,
  options: {
    '-c, --crown-margin': 'none',
    '-s, --split-only': 'none',
    '-t, --tagged-paragraph': 'none',
    '-u, --uniform-spacing': 'none',
    '-p, --prefix': 'text',
    '-w, --width': 'text',
    '-g, --goal': 'text',
    '--help': 'none',
    '--version': 'none',
  },
};
