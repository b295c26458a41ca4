import * as z from 'zod';
import { commandRule, policySchema } from './policy.js';

// Part of a policy, laid over another one: every field may be missing. What users and workspaces write.

const { commands, assignments, files, workspacePrograms, anyCommand, network, approvals } =
  policySchema.shape;
const rule = commandRule.shape;
const command = commands.keyType;
const word = z.string().min(1).max(256);
const denied = files.shape.read.shape.denied.unwrap();

type SubcommandsFragment = z.ZodOptional<
  z.ZodUnion<
    readonly [
      z.ZodArray<z.ZodString>,
      z.ZodRecord<z.ZodString, z.ZodUnion<readonly [z.ZodLiteral<false>, typeof ruleFragment]>>,
    ]
  >
>;

/** Part of a tool's rule. */
export const ruleFragment = z.strictObject({
  get subcommands(): SubcommandsFragment {
    return z
      .union([z.array(word).max(500), z.record(word, z.union([z.literal(false), ruleFragment]))])
      .optional()
      .describe(
        'A list: only these sub-commands. An object: what changes of each that is named; `false` takes one away.',
      );
  },
  forbiddenFlags: rule.forbiddenFlags
    .unwrap()
    .optional()
    .describe(
      'Flags that are never allowed, in whatever spelling; added to those that are forbidden anyway.',
    ),
  allowedFlags: rule.allowedFlags.describe('When present, no other flag passes.'),
  forbiddenArgs: rule.forbiddenArgs
    .unwrap()
    .optional()
    .describe('Arguments that are never allowed; added to those that are forbidden anyway.'),
  requireFirst: rule.requireFirst.describe(
    'The first argument must be one of these; `<file>` is anything that is no flag.',
  ),
  maxArgs: rule.maxArgs.unwrap().optional().describe("Arguments after the program's name, all counted."),
  maxOperands: rule.maxOperands.describe('Arguments that are neither flags nor their values.'),
  environment: rule.environment
    .unwrap()
    .optional()
    .describe('Set whenever the program runs. User settings only.'),
  timeoutMs: rule.timeoutMs.describe('Longest run, in milliseconds.'),
  outputBytes: rule.outputBytes.describe('Output that is kept, in bytes.'),
  startsPrograms: rule.startsPrograms
    .unwrap()
    .optional()
    .describe('It can start other programs: said to the user.'),
  decision: rule.decision.unwrap().optional().describe('Run it at once, or ask the user first.'),
  pathArguments: rule.pathArguments
    .unwrap()
    .optional()
    .describe('Whether its paths must stay inside the workspace.'),
});

const access = z.strictObject({
  allowed: z.boolean().optional().describe('Whether the file tools may do this at all.'),
  denied: denied.optional().describe('Globs of files that are kept from it; added to those kept anyway.'),
});

export const policyFragment = z.strictObject({
  $schema: z.string().max(1024).optional(),
  version: z.literal(1).optional(),
  files: z.strictObject({ read: access.optional(), write: access.optional() }).optional(),
  commands: z
    .record(command, z.union([z.literal(false), ruleFragment]))
    .optional()
    .describe('Programs by their name. `false` takes one away.'),
  assignments: z
    .record(assignments.unwrap().keyType, z.union([z.literal(false), assignments.unwrap().valueType]))
    .optional()
    .describe(
      'Variables that a command may set: any value, paths in the workspace, or one of a list. `false` takes one away.',
    ),
  workspacePrograms: workspacePrograms
    .unwrap()
    .optional()
    .describe('Programs of the workspace, called by their path.'),
  anyCommand: anyCommand
    .unwrap()
    .optional()
    .describe('Any program with any argument: the container alone is the boundary. User settings only.'),
  network: network.unwrap().optional().describe('A sandbox has no network but the model.'),
  approvals: approvals.unwrap().optional().describe('How long an approval may be remembered, at most.'),
});

export type PolicyFragment = z.output<typeof policyFragment>;
export type RuleFragment = z.output<typeof ruleFragment>;

/** The JSON Schema of a fragment, for completion in an editor. */
export function fragmentJsonSchema(): unknown {
  return {
    title: 'Airlock policy',
    ...z.toJSONSchema(policyFragment, { target: 'draft-7', io: 'input' }),
    allowComments: true,
    allowTrailingCommas: true,
  };
}
