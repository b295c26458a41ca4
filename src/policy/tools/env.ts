import type { ToolTable } from '../tool-table.js';

// Without the variables that we set, or in another directory, the program would not be the one that was checked.
export const env: ToolTable = {
  summary: 'Runs a program with other variables, or prints them.',
  style: 'posix',
  operands: ['assignment', 'command'],
  options: {
    '-0, --null': 'none',
    '-v, --debug': 'none',
    '--list-signal-handling': 'none',
    '--block-signal': 'text?',
    '--default-signal': 'text?',
    '--ignore-signal': 'text?',
    '-i, --ignore-environment': 'denied',
    '-u, --unset': 'denied',
    '-C, --chdir': 'denied',
    // Splits its value into a command of its own.
    '-S, --split-string': 'program',
    '--help': 'none',
    '--version': 'none',
  },
};
