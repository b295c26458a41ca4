import type { ToolTable } from '../tool-table.js';
import { gzip } from './gzip.js';

export const gunzip: ToolTable = {
  ...gzip,
  summary: 'Expands files, in place.',
};
