import type { ToolTable } from './tool-table.js';
import { toolTables } from './tools/index.js';
import { isKnown, type Value } from './value.js';

const harmless = new Set(['none', 'text', 'text?', 'read', 'read?']);

/** True for a tool that can neither write nor start anything, whatever arguments it gets. */
export function isInert([program]: readonly Value[]): boolean {
  if (program === undefined || !isKnown(program) || !Object.hasOwn(toolTables, program)) return false;
  const table = toolTables[program];
  return table !== undefined && isHarmless(table);
}

function isHarmless(table: ToolTable): boolean {
  if (table.writes === true || table.startsPrograms === true || table.subcommands !== undefined) return false;
  const operands = [
    ...(table.operands ?? ['read']),
    ...(table.lastOperand === undefined ? [] : [table.lastOperand]),
  ];
  if (operands.some((kind) => !harmless.has(kind))) return false;
  return Object.values(table.options ?? {}).every((meaning) => {
    if (typeof meaning === 'string') return harmless.has(meaning);
    return harmless.has(meaning.takes) && meaning.makes === undefined && meaning.command !== true;
  });
}
