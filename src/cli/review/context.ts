import type * as z from 'zod';
import type { ReviewDesk } from '../../session/reviews/review-desk.js';
import type { Review } from '../../workspace/review/review-api.js';
import { chooseReview } from './choose-review.js';
import type { CommonOptions } from './options.js';
import type { Place } from './select-changes.js';

export interface ReviewIo {
  /** Settles when there is room for more. */
  write(text: string): Promise<void>;
  /** A line beside the output. */
  warn(line: string): void;
  readonly cwd: string;
  /** Whether people look at the output as it comes, and what their terminal can. */
  readonly terminal: { readonly hasColours: boolean } | undefined;
}

export interface ReviewContext {
  readonly desk: ReviewDesk;
  readonly io: ReviewIo;
}

/** Opens the review that the options mean, for as long as the work lasts. */
export async function withReview<T>(
  { desk, io }: ReviewContext,
  options: CommonOptions,
  access: 'read' | 'decide',
  work: (review: Review, place: Place) => Promise<T>,
): Promise<T> {
  const { stored, base, others } = await chooseReview(await desk.list(), options, io.cwd);
  if (others.length > 0) io.warn(describeOthers(others));
  if (access === 'read' && stored.holder !== undefined)
    io.warn(`the session belongs to ${stored.holder}, which still runs; this is what is stored now`);
  return desk[access](stored.sessionId, (review) => work(review, { workspace: stored.workspace, base }));
}

/** Prints what the schema says, and nothing else. */
export function printJson<T extends z.ZodType>(io: ReviewIo, schema: T, document: z.input<T>): Promise<void> {
  return io.write(`${JSON.stringify(schema.parse(document))}\n`);
}

export function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

function describeOthers(others: readonly { readonly sessionId: string }[]): string {
  const ids = others.slice(0, 5).map(({ sessionId }) => sessionId);
  const more = others.length > ids.length ? ', …' : '';
  return `this is the newest of ${others.length + 1} sessions that wait here; the others (--session): ${ids.join(', ')}${more}`;
}
