import type { ToolTable } from '../tool-table.js';

export const timeout: ToolTable = {
  summary: 'Runs a program for a limited time.',
  style: 'posix',
  operands: ['text', 'command'],
  options: {
    '--preserve-status': 'none',
    '--foreground': 'none',
    '-v, --verbose': 'none',
    '-k, --kill-after': 'text',
    '-s, --signal': 'text',
    '--help': 'none',
    '--version': 'none',
  },
};
