import type { ToolTable } from '../tool-table.js';

export const hexdump: ToolTable = {
  summary: 'Dumps bytes.',
  options: {
    '-b, --one-byte-octal': 'none',
    '-c, --one-byte-char': 'none',
    '-C, --canonical': 'none',
    '-d, --two-bytes-decimal': 'none',
    '-o, --two-bytes-octal': 'none',
    '-x, --two-bytes-hex': 'none',
    '-v, --no-squeezing': 'none',
    '-h, --help': 'none',
    '-V, --version': 'none',
    '-L, --color': 'text?',
    '-e, --format': 'text',
    '-n, --length': 'text',
    '-s, --skip': 'text',
    '-f, --format-file': 'read',
  },
};
