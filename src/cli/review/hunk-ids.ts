import { reviewErrors } from '../../base/review-errors.js';
import { BlobError } from '../../workspace/blob-store.js';
import { changeKey } from '../../workspace/changes.js';
import type { Hunk } from '../../workspace/hunks/hunks.js';
import type { Review, ReviewedChange } from '../../workspace/review/review-api.js';
import type { SelectedChange } from './select-changes.js';

/** So much of an id is shown; it is told when that is not enough. */
const SHOWN = 8;

export interface FoundHunk {
  readonly path: string;
  /** `changeKey` of the change that it is a part of. */
  readonly key: string;
  readonly hunk: Hunk;
}

export function shortId({ key }: Pick<Hunk, 'key'>): string {
  return key.slice(0, SHOWN);
}

export function isHunkMarked({ mark }: Pick<ReviewedChange, 'mark'>, { key }: Pick<Hunk, 'key'>): boolean {
  return mark.kind === 'all' || (mark.kind === 'hunks' && mark.keys.has(key));
}

/** None where the real file was edited since and no copy of what it was is kept. */
export async function readHunks(review: Review, path: string): Promise<readonly Hunk[]> {
  try {
    return await review.hunks(path);
  } catch (error) {
    if (error instanceof BlobError) return [];
    throw error;
  }
}

/** The hunks that beginnings of ids stand for, the last of a file first. Throws when one stands for none or for several. */
export async function findHunks(
  review: Review,
  selected: readonly SelectedChange[],
  beginnings: readonly string[],
): Promise<readonly FoundHunk[]> {
  const all: FoundHunk[] = [];
  for (const { reviewed } of selected) {
    const { path } = reviewed.change;
    const key = changeKey(reviewed.change);
    for (const hunk of await readHunks(review, path)) all.push({ path, key, hunk });
  }
  const found = new Set(beginnings.map((beginning) => findOne(all, beginning)));
  // A hunk's id counts those before it that are equal: from the last on, the others keep theirs.
  return [...found].sort((a, b) => b.hunk.newStart - a.hunk.newStart);
}

function findOne(all: readonly FoundHunk[], beginning: string): FoundHunk {
  const [one, ...others] = all.filter(({ hunk }) => hunk.key.startsWith(beginning));
  if (one === undefined)
    throw reviewErrors.missing(
      `No hunk has an id that begins with "${beginning}".`,
      'See `airlock changes --hunks` for the ids there are.',
    );
  if (others.length > 0)
    throw reviewErrors.missing(
      `${others.length + 1} hunks have an id that begins with "${beginning}".`,
      'Give more of it, or the PATH of its file too.',
    );
  return one;
}
