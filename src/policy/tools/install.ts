import type { ToolTable } from '../tool-table.js';

export const install: ToolTable = {
  summary: 'Copies files and sets their modes.',
  operands: ['read'],
  lastOperand: 'write',
  options: {
    '-b': 'none',
    '-c': 'none',
    '-C, --compare': 'none',
    '-D': 'none',
    '-p, --preserve-timestamps': 'none',
    '-T, --no-target-directory': 'none',
    '-v, --verbose': 'none',
    '--preserve-context': 'none',
    '-Z': 'none',
    '--backup': 'text?',
    '--context': 'text?',
    '-g, --group': 'text',
    '-m, --mode': { takes: 'text', pattern: /^(?:0?[0-7]{1,3}|[ugoa]*[-+=][rwxX]*)$/ },
    '-o, --owner': 'text',
    '-S, --suffix': 'text',
    '-t, --target-directory': 'write',
    '-d, --directory': { takes: 'none', makes: 'operands-written' },
    // Starts strip.
    '-s, --strip': 'program',
    '--strip-program': 'program',
    '--help': 'none',
    '--version': 'none',
  },
};
