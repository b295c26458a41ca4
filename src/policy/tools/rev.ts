import type { ToolTable } from '../tool-table.js';

export const rev: ToolTable = {
  summary: 'Reverses each line.',
  options: {
    '-h, --help': 'none',
    '-V, --version': 'none',
  },
};
