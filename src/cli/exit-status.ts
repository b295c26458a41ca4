import { AirlockError, type ErrorCode } from '../base/errors.js';

/** What a command ends with; `exitStatusText` says it to the user. */
export const exitStatus = { done: 0, found: 1, usage: 2, engine: 3, failed: 4, undone: 5, held: 6 } as const;

export const exitStatusText = `Exit status: 0 done, 1 lint, doctor or verify found something, 2 usage, or nothing is there to do it with, 3 engine, 4 failed,
5 a change was left undone (conflict, or refused), 6 another process decides in the review.`;

const USAGE = new Set<ErrorCode>([
  'usage',
  'workspace-unsuitable',
  'key-missing',
  'upstream-refused',
  'policy-unusable',
  'review-missing',
]);

const ENGINE = new Set<ErrorCode>([
  'engine-missing',
  'engine-permission',
  'engine-too-old',
  'engine-timeout',
  'engine-failed',
  'image-missing',
  'start-failed',
  'posture-failed',
  'runtime-missing',
  'guarantee-failed',
  'guarantee-unproven',
]);

/** The documented exit status of an error. */
export function exitStatusOf(error: unknown): number {
  if (!(error instanceof AirlockError)) return exitStatus.failed;
  if (USAGE.has(error.code)) return exitStatus.usage;
  if (error.code === 'review-held') return exitStatus.held;
  return ENGINE.has(error.code) ? exitStatus.engine : exitStatus.failed;
}
