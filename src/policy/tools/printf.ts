import type { ToolTable } from '../tool-table.js';

// A variable set by `-v` is the shell's own, which the executor has none of.
export const printf: ToolTable = {
  summary: 'Prints its arguments by a format.',
  style: 'posix',
  operands: ['text'],
  options: {
    '-v': 'denied',
  },
};
