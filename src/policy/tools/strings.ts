import type { ToolTable } from '../tool-table.js';

export const strings: ToolTable = {
  summary: 'Prints the text in binaries.',
  numberOption: true,
  responseFiles: true,
  options: {
    '-a, --all': 'none',
    '-d, --data': 'none',
    '-f, --print-file-name': 'none',
    '-w, --include-all-whitespace': 'none',
    '-o': 'none',
    '-h, --help': 'none',
    '-v, -V, --version': 'none',
    '-n, --bytes': 'text',
    '-t, --radix': 'text',
    '-e, --encoding': 'text',
    '-U, --unicode': 'text',
    '-s, --output-separator': 'text',
    // A binary format may come from a plug-in, which is code.
    '-T, --target': 'denied',
    '--plugin': 'denied',
  },
};
