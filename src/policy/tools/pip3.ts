import type { ToolTable } from '../tool-table.js';
import { pip } from './pip.js';

export const pip3: ToolTable = pip;
