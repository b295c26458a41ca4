import type { ToolTable } from '../tool-table.js';

export const falseTool: ToolTable = {
  summary: 'Fails.',
  noOptions: true,
  operands: ['text'],
};
