import type { ToolTable } from '../tool-table.js';
import { sha256sum } from './sha256sum.js';

export const md5sum: ToolTable = {
  ...sha256sum,
  summary: 'Computes checksums, or checks them.',
};
