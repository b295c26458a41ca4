import { join } from 'node:path';
import { stateKey } from '../changes.js';
import { LiveWorkspace, toFileState } from '../live-workspace.js';
import type { ApplyOutcome } from '../review-api.js';
import { ApplyRecord, listApplyIds } from './apply-record.js';
import { type Journal, loadJournal } from './journal.js';
import type { PlannedDirs } from './plan.js';
import type { ApplyItem } from './scan.js';
import { afterOf, type FileStep, isFileStep } from './step.js';
import { applyItems } from './transaction.js';

/** What was applied, and can be taken back. */
export interface Applied {
  readonly id: string;
  readonly sessionId: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly paths: readonly string[];
}

export type UndoOutcome =
  | { readonly kind: 'undone'; readonly sessionId: string; readonly outcomes: readonly ApplyOutcome[] }
  | { readonly kind: 'none' }
  /** Nothing was written: these files are not as the apply left them. */
  | { readonly kind: 'edited'; readonly paths: readonly string[]; readonly others: number };

/** The applies of a workspace that can be undone, newest first. */
export async function listApplied(appliesDir: string): Promise<readonly Applied[]> {
  const journals = await loadDone(appliesDir);
  return journals
    .filter(({ undoes }) => undoes === undefined)
    .map(({ id, sessionId, at, steps }) => ({
      id,
      sessionId,
      at,
      paths: steps.filter(isFileStep).map(({ path }) => path),
    }));
}

/**
 * Gives back the bytes, modes and absences that an apply replaced. Files that were edited since stay as they are:
 * without `skipEdited` nothing at all is written then.
 */
export async function undoApply(
  root: string,
  appliesDir: string,
  id: string | undefined,
  skipEdited: boolean,
): Promise<UndoOutcome> {
  const journals = (await loadDone(appliesDir)).filter(({ undoes }) => undoes === undefined);
  const journal = id === undefined ? journals[0] : journals.find((found) => found.id === id);
  if (journal === undefined) return { kind: 'none' };
  const steps = journal.steps.filter(isFileStep);
  const edited = await findEdited(root, steps);
  if (edited.size > 0 && (!skipEdited || edited.size === steps.length))
    return { kind: 'edited', paths: [...edited], others: steps.length - edited.size };
  const record = ApplyRecord.of(appliesDir, journal);
  const outcomes = await applyItems({
    root,
    appliesDir,
    sessionId: journal.sessionId,
    items: steps.filter(({ path }) => !edited.has(path)).map(toItem),
    read: (sha) => record.kept.get(sha),
    dirs: reverseDirs(journal),
    undoes: journal.id,
  });
  if (outcomes.every(({ kind }) => kind === 'applied')) await record.remove();
  return { kind: 'undone', sessionId: journal.sessionId, outcomes };
}

function toItem(step: FileStep): ApplyItem {
  return { path: step.path, expected: afterOf(step), after: step.before, exact: true };
}

function reverseDirs({ steps }: Journal): PlannedDirs {
  return {
    make: steps.filter((step) => step.op === 'remove-dir').map(({ path, mode }) => ({ path, mode })),
    remove: steps.filter((step) => step.op === 'make-dir').map(({ path }) => path),
  };
}

async function findEdited(root: string, steps: readonly FileStep[]): Promise<ReadonlySet<string>> {
  const workspace = new LiveWorkspace(root);
  const edited = new Set<string>();
  for (const step of steps) {
    const live = await workspace.read(step.path);
    const after = afterOf(step);
    // A folder that the apply made in the place of a file; the plan says whether it can go.
    if (live.kind === 'directory' && after.kind === 'absent') continue;
    const state = toFileState(live);
    if (state === undefined || stateKey(state) !== stateKey(after)) edited.add(step.path);
  }
  return edited;
}

/** Newest first. */
async function loadDone(appliesDir: string): Promise<readonly Journal[]> {
  const found: Journal[] = [];
  for (const id of await listApplyIds(appliesDir)) {
    const loaded = await loadJournal(join(appliesDir, id));
    if (loaded.kind === 'loaded' && loaded.journal.phase === 'done') found.unshift(loaded.journal);
  }
  return found;
}
