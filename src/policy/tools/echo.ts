import type { ToolTable } from '../tool-table.js';

export const echo: ToolTable = {
  summary: 'Prints its arguments.',
  noOptions: true,
  operands: ['text'],
};
