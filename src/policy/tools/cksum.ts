import type { ToolTable } from '../tool-table.js';
import { sha256sum } from './sha256sum.js';

export const cksum: ToolTable = {
  ...sha256sum,
  summary: 'Computes checksums, or checks them.',
  options: {
    ...sha256sum.options,
    '-a, --algorithm': 'text',
    '-l, --length': 'text',
    '--untagged': 'none',
    '--debug': 'none',
  },
};
