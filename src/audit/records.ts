import * as z from 'zod';

// What a session's audit log holds. Field by field the same on disk; unknown kinds do not verify.

const text = z.string();
const count = z.number().min(0);
const hash = z.string().max(64).nullable();

export const modelCallAudit = z.object({
  kind: z.literal('model-call'),
  provider: text,
  /** Method, path and query as asked for. */
  path: text,
  model: text.optional(),
  /** As answered to the container; 0 when nothing was. */
  status: z.int(),
  bytesIn: count,
  bytesOut: count,
  ms: count,
  inputTokens: count.optional(),
  outputTokens: count.optional(),
  error: text.optional(),
});
export type ModelCallAudit = z.infer<typeof modelCallAudit>;

export const auditRecord = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('session-start'),
    sessionId: text,
    workspace: text,
    agent: text,
    provider: text,
    model: text,
    strategy: text,
    image: text,
    engine: text,
    preset: text,
    policySha256: z.string().max(64),
    /** Absent in older logs. */
    version: text.optional(),
    runtime: text.optional(),
    seccomp: text.optional(),
    /** Ids of the rules of the posture, all of which held before the container was started. */
    posture: z.array(text).max(200).optional(),
  }),
  z.object({
    kind: z.literal('tool'),
    callId: text,
    tool: text,
    /** Short and for people; contents are left out. */
    summary: text,
    decision: z.enum(['allow', 'ask', 'deny']),
    rule: text,
    reason: text,
    /** The answer to `ask`, and whose it was: the user's, now or as remembered, or none in time. */
    answer: z.enum(['allow', 'deny']).optional(),
    answeredBy: z
      .enum(['user', 'session', 'workspace', 'timeout', 'limit', 'cancelled', 'failure'])
      .optional(),
    /** How long the question waited; absent in older logs. */
    waitedMs: count.optional(),
    /** Rules that the user made with the answer. */
    remembered: z.object({ scope: z.enum(['session', 'workspace']), rules: z.array(text) }).optional(),
    /** What the user told the agent with a denial. */
    note: text.optional(),
    /** Each program of a command, as far as they were decided. */
    commands: z
      .array(z.object({ text, decision: z.enum(['allow', 'ask', 'deny']), rule: text }))
      .max(200)
      .optional(),
  }),
  /** A program that a contained agent started; one that ended at once may be missing. */
  z.object({ kind: z.literal('process'), pid: count, parent: count, argv: z.array(text).max(50) }),
  z.object({
    kind: z.literal('tool-end'),
    callId: text,
    ok: z.boolean(),
    ms: count,
    exitCode: z.int().nullable().optional(),
    /** Set when the guest's own policy said no. */
    denied: text.optional(),
    error: text.optional(),
  }),
  /** What a user of the container found of its own sandbox before the agent could use a tool. */
  z.object({
    kind: z.literal('self-test'),
    principal: z.enum(['agent', 'runner']),
    uid: count,
    runtime: text,
    ms: count,
    results: z
      .array(z.object({ id: text, status: z.enum(['proven', 'not-provable', 'failed']), reason: text }))
      .max(50),
  }),
  modelCallAudit,
  z.object({
    kind: z.literal('change'),
    path: text,
    status: text,
    /** SHA-256 of the bytes, null where there are none. */
    before: hash,
    after: hash,
  }),
  z.object({
    kind: z.literal('change-decision'),
    path: text,
    decision: z.enum([
      'approved',
      'rejected',
      'applied',
      'conflict',
      'refused',
      'failed',
      'edited',
      'discarded',
      'undone',
    ]),
    sha256: hash,
    reason: text.optional(),
  }),
  z.object({ kind: z.literal('notice'), level: z.enum(['info', 'warning', 'error']), text }),
  z.object({ kind: z.literal('turn'), turn: count, stopReason: text, ms: count }),
  /** The log was found damaged when it was gone on with; it never verifies again. */
  z.object({ kind: z.literal('damage'), reason: text }),
  /** In the log of removals alone: an old log went. `sha256` is of its last line; `lines` of it were whole. */
  z.object({
    kind: z.literal('log-removed'),
    sessionId: text,
    lines: count,
    sha256: hash,
    broken: text.optional(),
  }),
  z.object({ kind: z.literal('session-end'), outcome: text, detail: text.optional(), ms: count }),
]);
export type AuditRecord = z.infer<typeof auditRecord>;

/** A line of the log: the record, its number from 0, its time, and the hash of the line before it. */
export const auditEnvelope = z.looseObject({
  seq: z.int().min(0),
  time: z.iso.datetime(),
  /** SHA-256 of the previous line's bytes without its newline; of nothing for the first. */
  prev: z.string().length(64),
});
