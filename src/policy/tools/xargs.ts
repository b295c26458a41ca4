import type { ToolTable } from '../tool-table.js';

export const xargs: ToolTable = {
  summary: 'Runs a program on the names that it reads.',
  style: 'posix',
  operands: ['command'],
  appendsArguments: true,
  options: {
    '-0, --null': 'none',
    '-o, --open-tty': 'none',
    '-p, --interactive': 'none',
    '-r, --no-run-if-empty': 'none',
    '--show-limits': 'none',
    '-t, --verbose': 'none',
    '-x, --exit': 'none',
    '-a, --arg-file': 'read',
    '-d, --delimiter': 'text',
    '-E': 'text',
    '-I': 'text',
    '-L': 'text',
    '-n, --max-args': 'text',
    '-P, --max-procs': 'text',
    '-s, --max-chars': 'text',
    '-e, --eof': 'text?',
    '-i, --replace': 'text?',
    '-l, --max-lines': 'text?',
    // Sets a variable of the program, of any name.
    '--process-slot-var': 'denied',
    '--help': 'none',
    '--version': 'none',
  },
};
