import { realpath } from 'node:fs/promises';
import { relative, sep } from 'node:path';
import { describeError, errors } from '../../base/errors.js';
import { reviewErrors } from '../../base/review-errors.js';
import { toVisibleLine } from '../../base/visible-text.js';
import type { WorkspacePath } from '../../base/workspace-path.js';
import type { StoredReview } from '../../session/reviews/stored-reviews.js';
import type { CommonOptions } from './options.js';

export interface ChosenReview {
  readonly stored: StoredReview;
  /** The folder that paths are seen from, below the workspace. */
  readonly base: WorkspacePath;
  /** Others of this workspace that wait too, newest first. */
  readonly others: readonly StoredReview[];
}

/** The review that a command is about: the one that is named, or the newest that waits where the user is. */
export async function chooseReview(
  reviews: readonly StoredReview[],
  { session, workspace }: Pick<CommonOptions, 'session' | 'workspace'>,
  cwd: string,
): Promise<ChosenReview> {
  const current = await resolveFolder(cwd);
  const where = workspace === undefined ? current : await resolveFolder(workspace);
  if (session !== undefined) {
    const stored = findSession(reviews, session);
    return { stored, base: findBase(stored, current, where), others: [] };
  }
  const [stored, ...others] = waitingAt(reviews, where);
  if (stored === undefined) throw nothingWaits(where, reviews);
  return { stored, base: findBase(stored, current, where), others };
}

/** A folder's path, links resolved. Throws a `usage` error. */
export async function resolveFolder(path: string): Promise<string> {
  return realpath(path).catch((error: unknown) => {
    throw errors.usage(`The folder cannot be used (${describeError(error)}).`);
  });
}

/** The path of what lies in a folder, as seen from there; undefined outside. */
export function pathBelow(root: string, path: string): WorkspacePath | undefined {
  const found = relative(root, path).split(sep).join('/');
  const isOutside = found === '..' || found.startsWith('../') || /^[A-Za-z]:/.test(found);
  return isOutside ? undefined : found;
}

export function findSession(reviews: readonly StoredReview[], beginning: string): StoredReview {
  const found = reviews.filter(({ sessionId }) => sessionId.startsWith(beginning));
  const [stored, ...others] = found;
  if (stored === undefined)
    throw reviewErrors.missing(
      `No stored review has a session id that begins with "${beginning}".`,
      'Look at what `airlock run` said; give its --state-dir too, if it had one.',
    );
  if (others.length > 0)
    throw reviewErrors.missing(
      `Several sessions have an id that begins with "${beginning}": ${listIds(found)}.`,
      'Give more of it.',
    );
  return stored;
}

/** Of the innermost workspace that the folder is in. */
function waitingAt(reviews: readonly StoredReview[], where: string): readonly StoredReview[] {
  const around = reviews.filter(
    ({ undecided, workspace }) => undecided > 0 && pathBelow(workspace, where) !== undefined,
  );
  const innermost = Math.max(...around.map(({ workspace }) => workspace.length));
  return around.filter(({ workspace }) => workspace.length === innermost);
}

function findBase({ workspace }: StoredReview, current: string, where: string): WorkspacePath {
  return pathBelow(workspace, current) ?? pathBelow(workspace, where) ?? '';
}

function nothingWaits(where: string, reviews: readonly StoredReview[]) {
  const elsewhere = [
    ...new Set(reviews.filter(({ undecided }) => undecided > 0).map(({ workspace }) => workspace)),
  ];
  const shown = elsewhere.slice(0, 3).map((workspace) => toVisibleLine(workspace));
  return reviewErrors.missing(
    `Nothing waits for review in ${toVisibleLine(where)}.`,
    elsewhere.length === 0
      ? 'Run `airlock run` first; give its --state-dir too, if it had one.'
      : `Reviews wait in ${shown.join(', ')}${elsewhere.length > 3 ? ' and elsewhere' : ''}: name one with --workspace, or a session with --session.`,
  );
}

function listIds(reviews: readonly StoredReview[]): string {
  const ids = reviews.slice(0, 10).map(({ sessionId }) => sessionId);
  return ids.join(', ') + (reviews.length > ids.length ? ', …' : '');
}
