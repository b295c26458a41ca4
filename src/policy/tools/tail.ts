import type { ToolTable } from '../tool-table.js';

export const tail: ToolTable = {
  summary: 'Prints the end of files.',
  numberOption: true,
  options: {
    '-c, --bytes': 'text',
    '-n, --lines': 'text',
    '-s, --sleep-interval': 'text',
    '--max-unchanged-stats': 'text',
    '--pid': 'text',
    '-f': 'none',
    '-F': 'none',
    '-q, --quiet, --silent': 'none',
    '-v, --verbose': 'none',
    '-z, --zero-terminated': 'none',
    '--retry': 'none',
    '--follow': 'text?',
    // For the tool's own tests.
    '---disable-inotify': 'none',
    '---presume-input-pipe': 'none',
    '--help': 'none',
    '--version': 'none',
  },
};
