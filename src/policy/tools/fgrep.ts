import type { ToolTable } from '../tool-table.js';
import { grep } from './grep.js';

export const fgrep: ToolTable = {
  ...grep,
  summary: 'Searches text.',
};
