import type { ToolTable } from '../tool-table.js';
import { python } from './python.js';

export const python3: ToolTable = python;
