import type { ToolTable } from '../tool-table.js';

export const xargs: ToolTable = {
  summary: 'Runs a program on the names that it reads.',
  style: 'posix',
  operands: ['command'],
  readsArguments: true,
  options: {
    '-0, --null': 'none',
    '-r, --no-run-if-empty': 'none',
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
    // They need a terminal, or tell of the machine.
    '-o, --open-tty': 'denied',
    '-p, --interactive': 'denied',
    '--show-limits': 'denied',
    // Sets a variable of the program, of any name.
    '--process-slot-var': 'denied',
    '--help': 'none',
    '--version': 'none',
  },
};
