import type { ToolTable } from '../tool-table.js';

export const sha256sum: ToolTable = {
  summary: 'Computes checksums, or checks them.',
  options: {
    '-b, --binary': 'none',
    // The names come from a file, and may lie anywhere.
    '-c, --check': 'denied',
    '--tag': 'none',
    '-t, --text': 'none',
    '-z, --zero': 'none',
    '--ignore-missing': 'none',
    '--quiet': 'none',
    '--status': 'none',
    '--strict': 'none',
    '-w, --warn': 'none',
    '--help': 'none',
    '--version': 'none',
  },
};
