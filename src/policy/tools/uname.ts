import type { ToolTable } from '../tool-table.js';

export const uname: ToolTable = {
  summary: 'Says what system this is.',
  operands: [],
  options: {
    '-a, --all': 'none',
    '-s, --kernel-name, --sysname': 'none',
    '-n, --nodename': 'none',
    '-r, --kernel-release, --release': 'none',
    '-v, --kernel-version': 'none',
    '-m, --machine': 'none',
    '-p, --processor': 'none',
    '-i, --hardware-platform': 'none',
    '-o, --operating-system': 'none',
    '--help': 'none',
    '--version': 'none',
  },
};
