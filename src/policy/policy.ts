import * as z from 'zod';
import { sha256 } from '../base/hash.js';
import { isClassicPolicy, normaliseClassic } from './classic.js';

const word = z.string().min(1).max(256);
const words = z.array(word).max(500);
const flag = word.regex(/^-/, 'a flag starts with "-"');
const flags = z.array(flag).max(500);
const globs = z.array(z.string().min(1).max(512)).max(500);
const environment = z.record(
  z
    .string()
    .max(128)
    .regex(/^[A-Za-z_][A-Za-z0-9_]*$/, 'not a name of an environment variable'),
  z
    .string()
    .max(4096)
    .regex(/^[^\0]*$/, 'contains a NUL byte'),
);

/** How a program's arguments are read and bounded. */
const argumentRule = {
  /** Never allowed: exact, glued, bundled, `=` and abbreviated forms. `-f` also catches `-rf`. */
  forbiddenFlags: flags.default([]),
  /** When present, no other flag passes. `-#` stands for a number such as `-20`. */
  allowedFlags: flags.optional(),
  /** Options that always take a value; `text` values are not paths. Never list one whose value is optional. */
  options: z.record(flag, z.enum(['text', 'path'])).default({}),
  forbiddenArgs: words.default([]),
  /** Arguments after the program's name, all counted. */
  maxArgs: z.int().min(0).max(1000).default(100),
  maxOperands: z.int().min(0).max(1000).optional(),
  /** The first `count` operands are text (a pattern), not paths, unless one of `unless` gives it. */
  textOperands: z.strictObject({ count: z.int().min(1).max(1000), unless: flags.default([]) }).optional(),
  /** Flags put right after the sub-command when the command runs. */
  insertFlags: flags.default([]),
};

const subcommandRule = z.strictObject({ ...argumentRule, maxArgs: argumentRule.maxArgs.optional() });

export const commandRule = z.strictObject({
  ...argumentRule,
  /** Allowed first arguments; absent: any. */
  subcommands: words.optional(),
  /** What holds besides for one sub-command. */
  subcommandRules: z.record(word, subcommandRule).default({}),
  /** Flags that may stand before the sub-command. */
  leadingFlags: flags.default([]),
  /** The first argument must be one of these; `<file>` is anything that is no flag. */
  requireFirst: words.optional(),
  /** `whole`: a flag is one word (`-exec`), never a bundle of letters. */
  style: z.enum(['gnu', 'whole']).default('gnu'),
  /** Interpreters: what follows the first operand belongs to the script. */
  stopAtOperand: z.boolean().default(false),
  /** Options whose value ends the program's own arguments, e.g. `python -c`. */
  terminalOptions: flags.default([]),
  environment: environment.default({}),
  timeoutMs: z.int().min(100).max(3_600_000).optional(),
  /** It can run other programs (an interpreter, a build tool): said to the user. */
  startsPrograms: z.boolean().default(false),
  decision: z.enum(['allow', 'ask']).default('allow'),
  pathArguments: z.enum(['workspace', 'any']).default('workspace'),
  /** Its operands are written to, so `files.write` holds for them too. */
  writesPaths: z.boolean().default(false),
});

export const policySchema = z.strictObject({
  version: z.literal(1),
  name: z.string().min(1).max(100),
  files: z.strictObject({
    read: z.strictObject({ allowed: z.boolean().default(true), denied: globs.default([]) }),
    write: z.strictObject({ allowed: z.boolean(), denied: globs.default([]) }),
  }),
  commands: z.record(word.regex(/^[^/\s]+$/, 'a program is named without a path'), commandRule),
  /** Any program, any argument: the container alone is the boundary. */
  anyCommand: z.boolean().default(false),
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
