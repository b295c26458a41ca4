import * as z from 'zod';
import { sha256 } from '../base/hash.js';
import { isClassicPolicy, normaliseClassic } from './classic.js';

const word = z.string().min(1).max(256);
const words = z.array(word).max(500);
const flags = z.array(word.regex(/^-/, 'a flag starts with "-"')).max(500);
const globs = z.array(z.string().min(1).max(512)).max(500);
const variable = z
  .string()
  .max(128)
  .regex(/^[A-Za-z_][A-Za-z0-9_]*$/, 'not a name of an environment variable');
const text = z
  .string()
  .max(4096)
  .regex(/^[^\0]*$/, 'contains a NUL byte');

export const DEFAULT_MAX_ARGS = 200;

type SubcommandsSchema = z.ZodOptional<
  z.ZodUnion<readonly [z.ZodArray<z.ZodString>, z.ZodRecord<z.ZodString, typeof commandRule>]>
>;

/** What may be used of one tool; what its options mean comes from Airlock's own table of the tool. */
export const commandRule = z.strictObject({
  /** Allowed sub-commands: names, or names with a rule of their own. Absent: every one that the table knows. */
  get subcommands(): SubcommandsSchema {
    return z.union([words, z.record(word, commandRule)]).optional();
  },
  /** Never allowed, in whatever spelling: `-f` also catches `-rf`, `--force` also `--forc`. */
  forbiddenFlags: flags.default([]),
  /** When present, no other flag passes. */
  allowedFlags: flags.optional(),
  forbiddenArgs: words.default([]),
  /** The first argument must be one of these; `<file>` is anything that is no flag. */
  requireFirst: words.optional(),
  /** Arguments after the program's name, all counted. */
  maxArgs: z.int().min(0).max(1000).default(DEFAULT_MAX_ARGS),
  maxOperands: z.int().min(0).max(1000).optional(),
  environment: z.record(variable, text).default({}),
  timeoutMs: z.int().min(100).max(3_600_000).optional(),
  outputBytes: z.int().min(1024).max(16_777_216).optional(),
  /** It may start other programs (an interpreter, a build tool): said to the user. */
  startsPrograms: z.boolean().default(false),
  decision: z.enum(['allow', 'ask']).default('allow'),
  pathArguments: z.enum(['workspace', 'any']).default('workspace'),
});

/** Which values a variable may have that a command sets for a program. `#` at the end of a value is a number. */
const assignmentRule = z.union([z.literal('any'), z.literal('paths'), z.array(text).min(1).max(100)]);

export const policySchema = z.strictObject({
  version: z.literal(1),
  name: z.string().min(1).max(100),
  files: z.strictObject({
    read: z.strictObject({ allowed: z.boolean().default(true), denied: globs.default([]) }),
    write: z.strictObject({ allowed: z.boolean(), denied: globs.default([]) }),
  }),
  commands: z.record(word.regex(/^[^/\s]+$/, 'a program is named without a path'), commandRule),
  /** Variables that a command may set: `NODE_ENV=test npm test`. */
  assignments: z.record(variable, assignmentRule).default({}),
  /** Programs of the workspace, called by their path. */
  workspacePrograms: z.enum(['allow', 'ask', 'deny']).default('deny'),
  /** Any program, any argument: the container alone is the boundary. */
  anyCommand: z.boolean().default(false),
  /** A sandbox has no network but the model's; there is no other class yet. */
  network: z.literal('none').default('none'),
  /** How long an approval may be remembered, at most. */
  approvals: z.enum(['once', 'session', 'workspace']).default('workspace'),
});

export type Policy = z.output<typeof policySchema>;
export type PolicyInput = z.input<typeof policySchema>;
export type CommandRule = z.output<typeof commandRule>;
export type CommandRuleInput = z.input<typeof commandRule>;

/** A policy from JSON, in our form or as a classic list. Throws an error that names each wrong place. */
export function parsePolicy(value: unknown): Policy {
  const parsed = policySchema.safeParse(isClassicPolicy(value) ? normaliseClassic(value) : value);
  if (parsed.success) return parsed.data;
  throw new Error(`The policy cannot be used: ${z.prettifyError(parsed.error)}`, { cause: parsed.error });
}

/** Lower-case hex SHA-256 of the policy as canonical JSON: the order of keys does not matter. */
export function hashPolicy(policy: Policy): string {
  return sha256(JSON.stringify(canonical(policy)));
}

function canonical(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(canonical);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([, item]) => item !== undefined);
  // An array of pairs keeps keys such as "1" in their sorted place.
  return entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, item]) => [key, canonical(item)]);
}
