import type { ToolTable } from '../tool-table.js';
import { grep } from './grep.js';

export const egrep: ToolTable = {
  ...grep,
  summary: 'Searches text.',
};
