import type { ToolTable } from '../tool-table.js';

// Every word may be a file that is asked for, so every word must be a path in the workspace; `-f` and `=` are that too.
export const test: ToolTable = {
  summary: 'Tests files and strings.',
  noOptions: true,
};
