import type { ToolTable } from '../tool-table.js';

export const xxd: ToolTable = {
  summary: 'Dumps bytes, or makes them from a dump.',
  style: 'words',
  operands: ['read', 'write'],
  maxOperands: 2,
  options: {
    '-a, -autoskip': 'none',
    '-b, -bits': 'none',
    '-C, -capitalize': 'none',
    '-d': 'none',
    '-e': 'none',
    '-E, -EBCDIC': 'none',
    '-i, -include': 'none',
    '-p, -ps, -plain, -postscript': 'none',
    '-r, -revert': 'none',
    '-u, -upper': 'none',
    '-h, -help, --help': 'none',
    '-v, -version, --version': 'none',
    '-c, -cols': 'text',
    '-g, -groupsize': 'text',
    '-l, -len': 'text',
    '-n, -name': 'text',
    '-o, -offset': 'text',
    '-s, -seek': 'text',
  },
};
