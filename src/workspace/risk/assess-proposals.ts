import { BlobError } from '../blob-store.js';
import { type Change, changeKey } from '../changes.js';
import type { ReviewItem } from '../review/review-file.js';
import { type Content, readContent } from './content/content.js';
import { isAssessed, unread } from './content-risks.js';
import { contentRules } from './content-rules.js';
import type { Risk } from './risk.js';
import { type FindSecrets, findSecretRisks } from './secrets.js';

type ReadSide = (item: ReviewItem, side: 'before' | 'after') => Promise<Uint8Array>;

interface Looked {
  readonly item: ReviewItem;
  readonly risks: readonly Risk[];
  /** What it adds, to be searched for secrets. */
  readonly added: string;
}

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
  const looked: Looked[] = [];
  let left = MAX_TOTAL_BYTES;
  for (const item of items) {
    if (isAssessed(item)) continue;
    left -= sizeOf(item.change, 'before') + sizeOf(item.change, 'after');
    looked.push(await look(item, read, left >= 0));
  }
  const texts = new Map(looked.map(({ item, added }) => [item, added]));
  const secrets = findSecrets === undefined ? undefined : await findSecretRisks(texts, findSecrets);
  return looked.map(({ item, risks }) => {
    const secret = secrets?.get(item);
    const found = secret === undefined ? [...risks] : [...risks, secret];
    return { ...item, contentRisks: { of: changeKey(item.change), found } };
  });
}

async function look(item: ReviewItem, read: ReadSide, isWithinTotal: boolean): Promise<Looked> {
  const { change } = item;
  const doubt = (reason: string): Looked => ({ item, risks: [unread(reason)], added: '' });
  if (Math.max(sizeOf(change, 'before'), sizeOf(change, 'after')) > MAX_SIDE_BYTES)
    return doubt('its content is too large to be looked through');
  if (!isWithinTotal) return doubt('too much has changed at once to look through its content');
  // Of a deletion nothing is left to read, nor has a folder anything; the name is what rules look at.
  const isFile = change.after.kind === 'file';
  const content = !isFile ? readContent(change, EMPTY, EMPTY) : await readSides(item, read);
  if (content === undefined) return doubt('its content cannot be read');
  const risks = contentRules.flatMap(({ rule, judge }) => {
    const risk = judge(content);
    return risk === undefined ? [] : [{ rule, ...risk }];
  });
  return { item, risks, added: content.added.map(({ text }) => text).join('\n') };
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
  return change.after.kind === 'file' && state.kind === 'file' ? state.size : 0;
}
