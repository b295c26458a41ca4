import type { ToolTable } from '../tool-table.js';

export const expr: ToolTable = {
  summary: 'Computes an expression.',
  noOptions: true,
  operands: ['text'],
};
