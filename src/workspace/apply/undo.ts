import { join } from 'node:path';
import { stateKey } from '../changes.js';
import { LiveWorkspace, toFileState } from '../live-workspace.js';
import type { ApplyOutcome } from '../review/review-api.js';
import { ApplyRecord, listApplyIds } from './apply-record.js';
import { type Journal, loadJournal } from './journal.js';
import type { ApplyItem, PlannedDirs } from './scan.js';
import { afterOf, type DirStep, type FileStep, isFileStep, listOwnDirs, type Step } from './step.js';
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
      paths: toItems(steps).map(({ path }) => path),
    }));
}

/**
 * Gives back the bytes, modes, absences and folders that an apply replaced. What was edited since stays as it is:
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
  const items = toItems(journal.steps);
  const edited = await findEdited(root, items);
  if (edited.size > 0 && (!skipEdited || edited.size === items.length))
    return { kind: 'edited', paths: [...edited], others: items.length - edited.size };
  const record = ApplyRecord.of(appliesDir, journal);
  const outcomes = await applyItems({
    root,
    appliesDir,
    sessionId: journal.sessionId,
    items: items.filter(({ path }) => !edited.has(path)),
    read: (sha) => record.kept.get(sha),
    dirs: reverseDirs(journal),
    undoes: journal.id,
  });
  if (outcomes.every(({ kind }) => kind === 'applied')) await record.remove();
  return { kind: 'undone', sessionId: journal.sessionId, outcomes };
}

/** The reverse of every approved change. */
function toItems(steps: readonly Step[]): readonly ApplyItem[] {
  return [...steps.filter(isFileStep).map(reverseFile), ...listOwnDirs(steps).map(reverseDir)];
}

function reverseFile(step: FileStep): ApplyItem {
  return { path: step.path, expected: afterOf(step), after: step.before, exact: true };
}

function reverseDir({ op, path }: DirStep): ApplyItem {
  const [folder, absent] = [{ kind: 'directory' }, { kind: 'absent' }] as const;
  return op === 'make-dir'
    ? { path, expected: folder, after: absent }
    : { path, expected: absent, after: folder };
}

function reverseDirs({ steps }: Journal): PlannedDirs {
  return {
    make: steps.filter((step) => step.op === 'remove-dir').map(({ path, mode }) => ({ path, mode })),
    remove: steps.filter((step) => step.op === 'make-dir').map(({ path }) => path),
  };
}

async function findEdited(root: string, items: readonly ApplyItem[]): Promise<ReadonlySet<string>> {
  const workspace = new LiveWorkspace(root);
  const edited = new Set<string>();
  for (const { path, expected } of items) {
    const live = await workspace.read(path);
    // A folder that the apply made in the place of a file; the plan says whether it can go.
    if (live.kind === 'directory' && expected.kind === 'absent') continue;
    const state = toFileState(live);
    const isSame = state !== undefined && stateKey(state) === stateKey(expected);
    const isFull = live.kind === 'directory' && (await workspace.list(path)).length > 0;
    if (!isSame || isFull) edited.add(path);
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
