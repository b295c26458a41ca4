import { realpath } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { errors } from '../../base/errors.js';
import { reviewErrors } from '../../base/review-errors.js';
import { toVisibleLine } from '../../base/visible-text.js';
import type { WorkspacePath } from '../../base/workspace-path.js';
import type { ReviewedChange } from '../../workspace/review/review-api.js';
import { pathBelow } from './choose-review.js';

export interface SelectedChange {
  readonly reviewed: ReviewedChange;
  /** By its own path, and not by a folder's or as one of all. */
  readonly isNamed: boolean;
}

export interface Place {
  /** Absolute, links resolved. */
  readonly workspace: string;
  /** The folder below it that paths are seen from. */
  readonly base: WorkspacePath;
}

/** The changes that paths stand for, in path order; all of them without a path. Throws when one stands for none. */
export async function selectChanges(
  changes: readonly ReviewedChange[],
  paths: readonly string[],
  place: Place,
): Promise<readonly SelectedChange[]> {
  const sorted = [...changes].sort((a, b) => (a.change.path < b.change.path ? -1 : 1));
  if (paths.length === 0) return sorted.map((reviewed) => ({ reviewed, isNamed: false }));
  const named = new Set<WorkspacePath>();
  const folders = new Set<WorkspacePath>();
  const unknown: string[] = [];
  for (const path of paths) {
    const located = await locatePath(path, place);
    const isChange = sorted.some(({ change }) => change.path === located);
    const isFolder = sorted.some(({ change }) => isBelow(change.path, located));
    if (isChange) named.add(located);
    if (isFolder) folders.add(located);
    if (!isChange && !isFolder) unknown.push(path);
  }
  if (unknown.length > 0) throw noSuchChange(unknown);
  return sorted
    .map((reviewed) => ({ reviewed, isNamed: named.has(reviewed.change.path) }))
    .filter(
      ({ reviewed, isNamed }) =>
        isNamed || [...folders].some((folder) => isBelow(reviewed.change.path, folder)),
    );
}

/** A path of the workspace as seen from the place's folder, visible, for the user. */
export function showPath(path: WorkspacePath, { base }: Pick<Place, 'base'>): string {
  const from = base === '' ? [] : base.split('/');
  const to = path.split('/');
  let common = 0;
  while (common < from.length && common < to.length - 1 && from[common] === to[common]) common += 1;
  const steps = [...from.slice(common).map(() => '..'), ...to.slice(common)];
  return toVisibleLine(steps.join('/'), MAX_SHOWN);
}

/** No path is longer. */
const MAX_SHOWN = 16_384;

async function locatePath(path: string, { workspace, base }: Place): Promise<WorkspacePath> {
  const absolute = resolve(workspace, base, path);
  const found = pathBelow(workspace, absolute) ?? pathBelow(workspace, await resolveLinks(absolute));
  if (found === undefined)
    throw errors.usage(
      `"${toVisibleLine(path)}" is outside the reviewed workspace ${toVisibleLine(workspace)}.`,
    );
  return found;
}

/** Links in the folders above a path that need not be there. The last part is what the change is about: it stays. */
async function resolveLinks(path: string): Promise<string> {
  const above = dirname(path);
  if (above === path) return path;
  const resolved = await realpath(above).catch(() => undefined);
  return join(resolved ?? (await resolveLinks(above)), basename(path));
}

function isBelow(path: WorkspacePath, folder: WorkspacePath): boolean {
  return folder === '' || path.startsWith(`${folder}/`);
}

function noSuchChange(paths: readonly string[]) {
  const shown = paths.slice(0, 10).map((path) => `"${toVisibleLine(path)}"`);
  return reviewErrors.missing(
    `No change of this review is at ${shown.join(', ')}${paths.length > shown.length ? ', …' : ''}.`,
    'See `airlock changes` for the paths there are.',
  );
}
