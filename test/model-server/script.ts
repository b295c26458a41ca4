import { readFile } from 'node:fs/promises';
import { z } from 'zod';

// What the scripted model says. Turn n answers the request whose history holds n assistant messages.

const needle = z
  .union([z.string(), z.array(z.string())])
  .transform((value) => (Array.isArray(value) ? value : [value]));

const expectation = z.strictObject({
  /** Every one of these must be in the tool results of the last round. */
  lastToolResultIncludes: needle.optional(),
  /** None of these may be there. */
  lastToolResultExcludes: needle.optional(),
});
export type Expectation = z.infer<typeof expectation>;

const block = z
  .strictObject({
    text: z.string().optional(),
    tool: z.string().optional(),
    input: z.record(z.string(), z.unknown()).optional(),
    /** Pause before what follows in this block, ms. */
    delayMs: z.int().min(0).optional(),
    /** An error answer; after the first byte of a stream it becomes the protocol's error event. */
    status: z.int().min(400).max(599).optional(),
    error: z.string().optional(),
    /** Seconds in the `retry-after` header of the error. */
    retryAfter: z.int().min(0).optional(),
    /** How often the same request gets the error before it is passed over; always when left out. */
    times: z.int().min(1).optional(),
    /** Nothing more is sent and the connection stays open. */
    hang: z.literal(true).optional(),
    /** The connection is cut after this many bytes of the response body. */
    cutAfterBytes: z.int().min(0).optional(),
    expect: expectation.optional(),
  })
  .refine((value) => Object.keys(value).length > 0, 'an empty block')
  .refine((value) => value.input === undefined || value.tool !== undefined, 'an input without a tool')
  .refine((value) => value.error === undefined || value.status !== undefined, 'an error without a status');
export type Block = z.infer<typeof block>;

const turn = z.union([
  z.array(block),
  z
    .strictObject({ expect: expectation.optional(), blocks: z.array(block) })
    .transform(({ expect, blocks }) => (expect === undefined ? blocks : [{ expect }, ...blocks])),
]);
export const modelScript = z.union([
  z.array(turn),
  z.strictObject({ turns: z.array(turn) }).transform(({ turns }) => turns),
]);

export type ScriptInput = z.input<typeof modelScript>;
export type Turn = readonly Block[];
export type ModelScript = readonly Turn[];

/** The answer once the script is exhausted. */
export const lastTurn: Turn = [{ text: 'Done.' }];

export async function loadScript(file: string): Promise<ModelScript> {
  const json: unknown = JSON.parse(await readFile(file, 'utf8'));
  return modelScript.parse(json);
}
