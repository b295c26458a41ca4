import type { ToolTable } from '../tool-table.js';
import { awk } from './awk.js';

export const mawk: ToolTable = {
  ...awk,
  summary: 'Computes on text by a program.',
};
