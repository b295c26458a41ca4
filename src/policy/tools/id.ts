import type { ToolTable } from '../tool-table.js';

export const id: ToolTable = {
  summary: "Prints the user's ids.",
  operands: ['text'],
  options: {
    '-a': 'none',
    '-Z, --context': 'none',
    '-g, --group': 'none',
    '-G, --groups': 'none',
    '-n, --name': 'none',
    '-r, --real': 'none',
    '-u, --user': 'none',
    '-z, --zero': 'none',
    '--help': 'none',
    '--version': 'none',
  },
};
