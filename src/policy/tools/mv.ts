import type { ToolTable } from '../tool-table.js';

export const mv: ToolTable = {
  summary: 'Moves files.',
  operands: ['write'],
  options: {
    '-b': 'none',
    '-f, --force': 'none',
    '-i, --interactive': 'none',
    '-n, --no-clobber': 'none',
    '--strip-trailing-slashes': 'none',
    '-T, --no-target-directory': 'none',
    '-u, --update': 'none',
    '-v, --verbose': 'none',
    '-Z, --context': 'none',
    '--debug': 'none',
    '--backup': 'text?',
    '-S, --suffix': 'text',
    '-t, --target-directory': 'write',
    '--help': 'none',
    '--version': 'none',
  },
};
