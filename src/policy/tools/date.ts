import type { ToolTable } from '../tool-table.js';

export const date: ToolTable = {
  summary: 'Prints the time.',
  operands: ['text'],
  // A time without `+` would set the clock.
  operandPatterns: [/^\+/],
  maxOperands: 1,
  options: {
    '-d, --date': 'text',
    '--rfc-3339': 'text',
    '-f, --file': 'read',
    '-r, --reference': 'read',
    '-I, --iso-8601': 'text?',
    '-R, --rfc-email, --rfc-822, --rfc-2822': 'none',
    '-u, --utc, --uct, --universal': 'none',
    '--debug': 'none',
    '--resolution': 'none',
    // Sets the clock.
    '-s, --set': 'denied',
    '--help': 'none',
    '--version': 'none',
  },
};
