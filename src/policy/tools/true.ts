import type { ToolTable } from '../tool-table.js';

export const trueTool: ToolTable = {
  summary: 'Succeeds.',
  noOptions: true,
  operands: ['text'],
};
