import type { CommandRule } from './policy.js';
import type { ToolTable } from './tool-table.js';

export type SubcommandRules = Record<string, CommandRule>;

/**
 * The sub-commands that a rule allows, each with the rule that holds for it; undefined when they cannot be listed,
 * because the rule allows all and Airlock has no table of the tool.
 */
export function listSubcommands(
  rule: CommandRule,
  table: ToolTable | undefined,
): SubcommandRules | undefined {
  const { subcommands, ...outer } = rule;
  if (subcommands !== undefined && !Array.isArray(subcommands)) return { ...subcommands };
  const names = subcommands ?? Object.keys(table?.subcommands ?? {});
  if (names.length === 0 && subcommands === undefined) return undefined;
  return Object.fromEntries(names.map((name) => [name, { ...outer }]));
}
