import * as z from 'zod';
import { storedPath, storedState } from '../file-state-schema.js';

/** A name of Airlock's own in a directory of the workspace; the root is the empty path. */
const place = z.object({ dir: z.string().max(4096), name: z.string().min(1).max(255) });

const mode = z.int().min(0).max(0o777);

/** An approved change by itself; else the folder comes and goes with a file. */
const own = z.literal(true).exactOptional();

/**
 * One thing that an apply does to the workspace, told completely before the first one is done. Each can be done, and
 * taken back, any number of times: where the live file is neither `before` nor `after` it is left alone.
 */
const step = z.discriminatedUnion('op', [
  z.object({ op: z.literal('make-dir'), path: storedPath, mode: mode.exactOptional(), own }),
  /** `needed`: it must go, since that is what was approved or something else takes its name; otherwise it stays when it is not empty. */
  z.object({ op: z.literal('remove-dir'), path: storedPath, mode, needed: z.boolean(), own }),
  z.object({
    op: z.literal('write'),
    path: storedPath,
    before: storedState,
    after: storedState,
    /** Whether `after.mode` is meant as it is, and not by its executable bit alone. */
    exact: z.boolean(),
    temp: place,
    /** Where the replaced file stays reachable until everything is done. */
    backup: place.exactOptional(),
  }),
  z.object({
    op: z.literal('chmod'),
    path: storedPath,
    before: storedState,
    after: storedState,
    exact: z.boolean(),
  }),
  z.object({ op: z.literal('delete'), path: storedPath, before: storedState, backup: place }),
]);

export const storedSteps = z.array(step);
export type Step = z.infer<typeof step>;
export type StepOf<O extends Step['op']> = Extract<Step, { op: O }>;
export type Place = z.infer<typeof place>;

/** A step that makes or removes a folder. */
export type DirStep = StepOf<'make-dir' | 'remove-dir'>;

/** A step that changes a file, with its states. */
export type FileStep = StepOf<'write' | 'chmod' | 'delete'>;

export function isFileStep(step: Step): step is FileStep {
  return step.op !== 'make-dir' && step.op !== 'remove-dir';
}

/** The approved folders among the steps. One in the place of a file is told of by the step of that file. */
export function listOwnDirs(steps: readonly Step[]): readonly DirStep[] {
  const files = new Set(steps.filter(isFileStep).map(({ path }) => path));
  return steps.filter(
    (step): step is DirStep => !isFileStep(step) && step.own === true && !files.has(step.path),
  );
}

export function afterOf(step: FileStep): z.infer<typeof storedState> {
  return step.op === 'delete' ? { kind: 'absent' } : step.after;
}

/** The names of ours that the step leaves in the workspace until it is cleaned up. */
export function placesOf(step: Step): readonly Place[] {
  return step.op === 'write' ? [step.temp, ...backupsOf(step)] : backupsOf(step);
}

/** Of these, what is left when the step is done. */
export function backupsOf(step: Step): readonly Place[] {
  switch (step.op) {
    case 'write':
      return step.backup === undefined ? [] : [step.backup];
    case 'delete':
      return [step.backup];
    case 'make-dir':
    case 'remove-dir':
    case 'chmod':
      return [];
  }
}
