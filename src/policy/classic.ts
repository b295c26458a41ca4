import * as z from 'zod';
import type { CommandRuleInput, PolicyInput } from './policy.js';
import { ordinaryVariables } from './presets/ordinary-variables.js';
import { protectedFiles } from './presets/protected-files.js';
import { toolTables } from './tools/index.js';

const words = z.array(z.string().min(1).max(256)).max(500);

/** One tool of the classic list form. */
const classicRule = z.strictObject({
  allowed_commands: words.optional(),
  forbidden_flags: words.optional(),
  max_args: z.int().min(0).max(1000).optional(),
  environment: z.record(z.string(), z.string()).optional(),
});
type ClassicRule = z.output<typeof classicRule>;

const classicTools = z.record(z.string().min(1).max(256), classicRule);
const classicPolicy = z.union([z.strictObject({ tools: classicTools }), classicTools]);
type ClassicPolicy = z.output<typeof classicPolicy>;

/** True for the list form: tool → `allowed_commands`, `forbidden_flags`, `max_args`, `environment`. */
export function isClassicPolicy(value: unknown): value is ClassicPolicy {
  return classicPolicy.safeParse(value).success;
}

/** The list form in ours. */
export function normaliseClassic(classic: ClassicPolicy): PolicyInput {
  const tools = classicTools.parse(isWrapped(classic) ? classic.tools : classic);
  return {
    version: 1,
    name: 'classic',
    files: { read: {}, write: { allowed: true, denied: protectedFiles } },
    assignments: ordinaryVariables,
    commands: Object.fromEntries(
      Object.entries(tools).map(([tool, rule]) => [tool, toCommandRule(tool, rule)]),
    ),
  };
}

function isWrapped(classic: ClassicPolicy): classic is { tools: Record<string, ClassicRule> } {
  return z.strictObject({ tools: classicTools }).safeParse(classic).success;
}

function toCommandRule(tool: string, rule: ClassicRule): CommandRuleInput {
  const table = Object.hasOwn(toolTables, tool) ? toolTables[tool] : undefined;
  const listed = rule.allowed_commands?.includes('*') ? undefined : rule.allowed_commands;
  const hasSubcommands = table === undefined || table.subcommands !== undefined;
  return {
    ...(listed === undefined
      ? {}
      : hasSubcommands
        ? { subcommands: [...listed] }
        : { requireFirst: [...listed] }),
    forbiddenFlags: [...(rule.forbidden_flags ?? [])],
    ...(rule.max_args === undefined ? {} : { maxArgs: rule.max_args }),
    environment: { ...rule.environment },
    startsPrograms: table?.startsPrograms ?? false,
  };
}
