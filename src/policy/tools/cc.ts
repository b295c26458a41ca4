import type { ToolTable } from '../tool-table.js';
import { gcc } from './gcc.js';

export const cc: ToolTable = { ...gcc, summary: 'Compiles C.' };
