import { toVisibleLine } from '../base/visible-text.js';
import { checkArguments, type Refused, type ToolContext } from './check-tool.js';
import { compileLeading } from './compile-table.js';
import type { CommandRule } from './policy.js';
import { readOptions } from './read-options.js';
import type { ToolTable } from './tool-table.js';
import { exampleOf, isKnown, type Value } from './value.js';

export interface Selected {
  readonly ok: true;
  /** `git.remote.show`, or the tool's name. */
  readonly id: string;
  readonly table: ToolTable;
  readonly rule: CommandRule;
  /** Options before the sub-command, and the sub-commands themselves. */
  readonly head: readonly Value[];
  readonly rest: readonly Value[];
  readonly environment: Readonly<Record<string, string>>;
  readonly usesRepository: boolean;
}

export type Selection = Selected | (Refused & { readonly id: string });

/** Follows the words from the tool to the (nested) sub-command that they name. */
export function selectSubcommand(
  context: ToolContext,
  tool: string,
  table: ToolTable,
  rule: CommandRule,
  args: readonly Value[],
): Selection {
  const start: Selected = {
    ok: true,
    id: tool,
    table,
    rule,
    head: [],
    rest: args,
    environment: { ...table.environment, ...rule.environment },
    usesRepository: table.usesRepository ?? false,
  };
  let current: Selection = start;
  while (current.ok && current.table.subcommands !== undefined) {
    const next = descend(context, current);
    if (next === 'done') return current;
    current = next;
  }
  return current;
}

function descend(context: ToolContext, at: Selected): Selection | 'done' {
  const leading = compileLeading(at.table);
  const reading = readOptions(leading, at.rest);
  if (!reading.ok)
    return refuse(at.id, 'flag', `"${toVisibleLine(exampleOf(reading.word), 80)}" ${reading.reason}`);
  const before = at.rest.slice(0, reading.firstOperand);
  const name = at.rest[reading.firstOperand];
  if (before.length > 0 || name === undefined) {
    // What a sub-command changes is said by its own table.
    const writes = name === undefined && at.table.writes === true;
    const options = at.table.leadingOptions ?? {};
    const checked = checkArguments(context, { ...leading.table, options, writes }, at.rule, before);
    if (!checked.ok) return { ...checked, id: at.id };
  }
  if (name === undefined) {
    // Only what the tool says of itself, such as `git --version`.
    if (at.rule.subcommands !== undefined && before.length === 0)
      return refuse(at.id, 'subcommand', `${at.id}: the sub-command is missing`);
    const { subcommands: _, ...itself } = at.table;
    return { ...at, table: { ...itself, options: at.table.leadingOptions ?? {} } };
  }
  if (!isKnown(name)) return refuse(at.id, 'subcommand', 'the sub-command would only be known when it runs');
  const table = tableFor(at.table, name);
  const allowed = ruleFor(at.rule, name);
  if (table === undefined || allowed === undefined) {
    return refuse(
      at.id,
      'subcommand',
      `the sub-command "${toVisibleLine(name, 60)}" of ${at.id} is not allowed`,
    );
  }
  return {
    ok: true,
    id: `${at.id}.${name}`,
    table,
    rule: allowed,
    head: [...at.head, ...before, name],
    rest: at.rest.slice(reading.firstOperand + 1),
    environment: { ...at.environment, ...table.environment, ...allowed.environment },
    usesRepository: table.usesRepository ?? at.usesRepository,
  };
}

function tableFor({ subcommands = {}, otherSubcommands }: ToolTable, name: string): ToolTable | undefined {
  if (Object.hasOwn(subcommands, name)) return subcommands[name];
  return otherSubcommands?.pattern.test(name) === true ? otherSubcommands.table : undefined;
}

/** The rule that holds below a sub-command: its own, with what the outer one forbids. */
function ruleFor(rule: CommandRule, name: string): CommandRule | undefined {
  const { subcommands, ...outer } = rule;
  if (subcommands === undefined) return rule;
  if (Array.isArray(subcommands)) return subcommands.includes(name) ? outer : undefined;
  const own = Object.hasOwn(subcommands, name) ? subcommands[name] : undefined;
  if (own === undefined) return undefined;
  return {
    ...own,
    forbiddenFlags: [...outer.forbiddenFlags, ...own.forbiddenFlags],
    forbiddenArgs: [...outer.forbiddenArgs, ...own.forbiddenArgs],
    startsPrograms: outer.startsPrograms || own.startsPrograms,
    decision: outer.decision === 'ask' ? 'ask' : own.decision,
  };
}

/** Where a rule names the first arguments it allows; an empty list allows nothing of the tool. */
export function checkFirst(rule: CommandRule, first: Value | undefined): Refused | undefined {
  const { requireFirst } = rule;
  if (requireFirst === undefined) return undefined;
  if (first !== undefined && isKnown(first)) {
    if (requireFirst.includes(first)) return undefined;
    if (requireFirst.includes('<file>') && first !== '' && !first.startsWith('-')) return undefined;
  }
  const reason =
    requireFirst.length === 0
      ? 'the policy allows nothing of it'
      : `the first argument must be one of: ${requireFirst.join(', ')}`;
  return { ok: false, part: 'first', reason };
}

function refuse(id: string, part: string, reason: string): Selection {
  return { ok: false, id, part, reason };
}
