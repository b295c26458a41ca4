import type { ToolTable } from '../tool-table.js';

/** Every tool that Airlock knows, by the name it is called by. */
export const toolTables: Readonly<Record<string, ToolTable>> = {};
