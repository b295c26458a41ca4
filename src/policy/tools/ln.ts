import type { ToolTable } from '../tool-table.js';

export const ln: ToolTable = {
  summary: 'Makes links inside the workspace.',
  operands: ['read'],
  lastOperand: 'write',
  writes: true,
  options: {
    '-b': 'none',
    '-f, --force': 'none',
    '-i, --interactive': 'none',
    '-L, --logical': 'none',
    '-n, --no-dereference': 'none',
    '-P, --physical': 'none',
    '-r, --relative': 'none',
    '-s, --symbolic': 'none',
    '-T, --no-target-directory': 'none',
    '-v, --verbose': 'none',
    '--backup': 'text?',
    '-S, --suffix': 'text',
    '-t, --target-directory': 'write',
    // Hard links of directories.
    '-d, -F, --directory': 'denied',
    '--help': 'none',
    '--version': 'none',
  },
};
