import type { ToolTable } from '../tool-table.js';
import { test } from './test.js';

export const bracket: ToolTable = {
  ...test,
  summary: 'Tests files and strings.',
};
