import { BlobError } from '../blob-store.js';
import { type Change, changeKey } from '../changes.js';
import type { ReviewItem } from '../review-file.js';
import { type Content, readContent } from './content/content.js';
import { isAssessed, unread } from './content-risks.js';
import { contentRules } from './content-rules.js';
import type { Risk } from './risk.js';
import { type FindSecrets, secretRisk } from './secrets.js';

type ReadSide = (item: ReviewItem, side: 'before' | 'after') => Promise<Uint8Array>;

const EMPTY = new Uint8Array();
/** Of one side. Text that is longer is not looked through, and protected for that. */
const MAX_SIDE_BYTES = 2 * 1024 * 1024;
/** Of all that is looked through at once. */
const MAX_TOTAL_BYTES = 64 * 1024 * 1024;

/**
 * Looks through the content of the proposals that are not as they were when that was last done, and returns these with
 * what was found. What is the same as before is not read again.
 */
export async function assessProposals(
  items: readonly ReviewItem[],
  read: ReadSide,
  findSecrets: FindSecrets | undefined,
): Promise<readonly ReviewItem[]> {
  const assessed: ReviewItem[] = [];
  let left = MAX_TOTAL_BYTES;
  for (const item of items) {
    if (isAssessed(item)) continue;
    const { change } = item;
    left -= sizeOf(change, 'before') + sizeOf(change, 'after');
    const found =
      left < 0
        ? [unread('too much has changed at once to look through its content')]
        : await judgeContent(item, read, findSecrets);
    assessed.push({ ...item, contentRisks: { of: changeKey(change), found: [...found] } });
  }
  return assessed;
}

async function judgeContent(
  item: ReviewItem,
  read: ReadSide,
  findSecrets: FindSecrets | undefined,
): Promise<readonly Risk[]> {
  const { change } = item;
  if (Math.max(sizeOf(change, 'before'), sizeOf(change, 'after')) > MAX_SIDE_BYTES)
    return [unread('its content is too large to be looked through')];
  // Of a deletion nothing is left to read; its name is what rules look at.
  const isDeleted = change.after.kind === 'absent';
  const content = isDeleted ? readContent(change, EMPTY, EMPTY) : await readSides(item, read);
  if (content === undefined) return [unread('its content cannot be read')];
  const found = contentRules.flatMap(({ rule, judge }) => {
    const risk = judge(content);
    return risk === undefined ? [] : [{ rule, ...risk }];
  });
  const secret = findSecrets === undefined ? undefined : await secretRisk(content.added, findSecrets);
  return secret === undefined ? found : [...found, secret];
}

/** Undefined when one side is not kept any more, or is damaged. */
async function readSides(item: ReviewItem, read: ReadSide): Promise<Content | undefined> {
  try {
    return readContent(item.change, await read(item, 'before'), await read(item, 'after'));
  } catch (error) {
    if (error instanceof BlobError) return undefined;
    throw error;
  }
}

function sizeOf(change: Change, side: 'before' | 'after'): number {
  const state = change[side];
  return change.after.kind !== 'absent' && state.kind === 'file' ? state.size : 0;
}
