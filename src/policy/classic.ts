import * as z from 'zod';
import type { CommandRuleInput, PolicyInput } from './policy.js';
import { protectedFiles } from './presets/protected-files.js';
import { knownTools } from './presets/tools/index.js';

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

/** The list form in ours. What is known of a tool's options is kept, so that its flags are read right. */
export function normaliseClassic(classic: ClassicPolicy): PolicyInput {
  const tools = classicTools.parse(isWrapped(classic) ? classic.tools : classic);
  return {
    version: 1,
    name: 'classic',
    files: { read: {}, write: { allowed: true, denied: protectedFiles } },
    commands: Object.fromEntries(
      Object.entries(tools).map(([tool, rule]) => [tool, toCommandRule(tool, rule)]),
    ),
  };
}

function isWrapped(classic: ClassicPolicy): classic is { tools: Record<string, ClassicRule> } {
  return z.strictObject({ tools: classicTools }).safeParse(classic).success;
}

function toCommandRule(tool: string, rule: ClassicRule): CommandRuleInput {
  const known: CommandRuleInput = (Object.hasOwn(knownTools, tool) && knownTools[tool]) || {};
  const { subcommands, requireFirst, leadingFlags, ...reading } = known;
  const listed = rule.allowed_commands;
  const first =
    listed === undefined ? { subcommands, requireFirst, leadingFlags } : { subcommands: toFirst(listed) };
  return {
    ...reading,
    ...first,
    forbiddenFlags: [...new Set([...(known.forbiddenFlags ?? []), ...(rule.forbidden_flags ?? [])])],
    ...(rule.max_args === undefined ? {} : { maxArgs: rule.max_args }),
    environment: { ...known.environment, ...rule.environment },
  };
}

function toFirst(listed: readonly string[]): string[] | undefined {
  return listed.includes('*') ? undefined : [...listed];
}
