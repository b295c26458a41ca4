import type { ToolTable } from '../tool-table.js';

export const whoami: ToolTable = {
  summary: "Prints the user's name.",
  operands: [],
  options: {
    '--help': 'none',
    '--version': 'none',
  },
};
