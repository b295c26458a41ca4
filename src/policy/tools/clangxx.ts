import type { ToolTable } from '../tool-table.js';
import { gcc } from './gcc.js';

export const clangxx: ToolTable = { ...gcc, summary: 'Compiles C++.' };
