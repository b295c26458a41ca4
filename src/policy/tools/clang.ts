import type { ToolTable } from '../tool-table.js';
import { gcc } from './gcc.js';

export const clang: ToolTable = { ...gcc, summary: 'Compiles C.' };
