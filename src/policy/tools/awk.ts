import type { ToolTable } from '../tool-table.js';

export const awk: ToolTable = {
  summary: 'Computes on text by a program.',
  style: 'posix',
  abbreviations: false,
  operands: ['awk-program', 'read'],
  options: {
    '-F, --field-separator': 'text',
    '-v, --assign': 'text',
    '--help': 'none',
    '--version': 'none',
    // A program that nobody checked; a library; files that gawk writes.
    '-f, --file': 'denied',
    '-E, --exec': 'denied',
    '-i, --include': 'denied',
    '-l, --load': 'denied',
    '-o, --pretty-print': 'denied',
    '-p, --profile': 'denied',
    '-d, --dump-variables': 'denied',
    '-D, --debug': 'denied',
    // Among others `-W exec`, which reads a program.
    '-W': 'denied',
  },
};
