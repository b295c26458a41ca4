import { listSubcommands, type SubcommandRules } from './list-subcommands.js';
import { type CommandRule, commandRule, type Policy } from './policy.js';
import type { PolicyFragment, RuleFragment } from './policy-fragment.js';
import { removeCommand } from './remove-command.js';
import type { ToolTable } from './tool-table.js';
import { toolTables } from './tools/index.js';
import { unite } from './unite.js';

/** Lays the user's part over a policy. A field that is given replaces; lists of what is kept out add up. */
export function overridePolicy(base: Policy, fragment: PolicyFragment): Policy {
  const { files, commands, assignments, $schema: _, ...rest } = fragment;
  return {
    ...base,
    ...given(rest),
    files: { read: overrideAccess('read'), write: overrideAccess('write') },
    commands: overrideCommands({ ...base, ...given(rest) }, commands ?? {}),
    assignments: overrideAssignments(base.assignments, assignments ?? {}),
  };

  function overrideAccess(access: 'read' | 'write'): Policy['files']['read'] {
    const own = files?.[access];
    const { allowed, denied } = base.files[access];
    return { allowed: own?.allowed ?? allowed, denied: unite(denied, own?.denied) };
  }
}

function overrideCommands(
  base: Policy,
  fragments: NonNullable<PolicyFragment['commands']>,
): Policy['commands'] {
  const commands = { ...base.commands };
  for (const [name, fragment] of Object.entries(fragments)) {
    if (fragment === false) removeCommand(commands, name, base.workspacePrograms);
    else commands[name] = overrideRule(own(base.commands, name), fragment, own(toolTables, name));
  }
  return commands;
}

function overrideRule(
  base: CommandRule | undefined,
  { subcommands, ...fragment }: RuleFragment,
  table: ToolTable | undefined,
): CommandRule {
  const rule = base ?? commandRule.parse({});
  const changed: CommandRule = {
    ...rule,
    ...given(fragment),
    forbiddenFlags: unite(rule.forbiddenFlags, fragment.forbiddenFlags),
    forbiddenArgs: unite(rule.forbiddenArgs, fragment.forbiddenArgs),
  };
  if (subcommands === undefined) return { ...changed, ...optionalSubcommands(changed, fragment) };
  if (Array.isArray(subcommands)) return { ...changed, subcommands: keepOrAdd(changed, subcommands) };
  const rules: SubcommandRules = listSubcommands(changed, table) ?? {};
  for (const [name, part] of Object.entries(subcommands)) {
    if (part === false) delete rules[name];
    else rules[name] = overrideRule(own(rules, name), part, own(table?.subcommands ?? {}, name));
  }
  return { ...changed, subcommands: rules };
}

/** Bounds of the tool hold for those of its sub-commands that have a rule of their own, too. */
function optionalSubcommands(
  { subcommands }: CommandRule,
  { timeoutMs, outputBytes }: Omit<RuleFragment, 'subcommands'>,
): Pick<CommandRule, 'subcommands'> {
  if (subcommands === undefined || Array.isArray(subcommands)) return {};
  const bounds = given({ timeoutMs, outputBytes });
  return {
    subcommands: Object.fromEntries(
      Object.entries(subcommands).map(([name, rule]) => [name, { ...rule, ...bounds }]),
    ),
  };
}

/** A list chooses among sub-commands; those that have a rule of their own keep it. */
function keepOrAdd({ subcommands }: CommandRule, names: readonly string[]): CommandRule['subcommands'] {
  if (subcommands === undefined || Array.isArray(subcommands)) return [...names];
  return Object.fromEntries(names.map((name) => [name, own(subcommands, name) ?? commandRule.parse({})]));
}

function overrideAssignments(
  base: Policy['assignments'],
  fragments: NonNullable<PolicyFragment['assignments']>,
): Policy['assignments'] {
  const assignments = { ...base };
  for (const [name, rule] of Object.entries(fragments)) {
    if (rule === false) delete assignments[name];
    else assignments[name] = rule;
  }
  return assignments;
}

function own<T>(record: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(record, name) ? record[name] : undefined;
}

type Given<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

/** The fields that are there: `undefined` must not replace anything. */
function given<T extends object>(fields: T): Given<T> {
  const entries = Object.entries(fields).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as Given<T>;
}
