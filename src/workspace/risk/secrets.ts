import { toVisibleLine } from '../../base/visible-text.js';
import type { Risk } from './risk.js';

/** The kinds of secrets that a text seems to hold, such as `GITHUB_TOKEN`. */
export type FindSecrets = (text: string) => Promise<readonly string[]>;

const MAX_NAMED = 3;
/** Characters that are searched at once: each search has a cost of its own, far above that of a few lines. */
const BATCH = 128 * 1024;

/**
 * Secrets in the added lines of many files: in the workspace they would be committed and pushed. The texts are
 * searched together, and one by one only where there is one. What cannot be searched counts as one.
 */
export async function findSecretRisks<K>(
  texts: ReadonlyMap<K, string>,
  findSecrets: FindSecrets,
): Promise<ReadonlyMap<K, Risk>> {
  const found = new Map<K, Risk>();
  for (const batch of listBatches(texts)) await search(batch, findSecrets, found);
  return found;
}

type Texts<K> = readonly (readonly [K, string])[];

async function search<K>(texts: Texts<K>, findSecrets: FindSecrets, found: Map<K, Risk>): Promise<void> {
  const joined = texts.map(([, text]) => text).join('\n\n');
  const kinds = await findSecrets(joined).catch(() => undefined);
  if (kinds?.length === 0) return;
  const [first] = texts;
  if (first !== undefined && texts.length === 1) {
    found.set(first[0], toRisk(kinds));
    return;
  }
  const middle = Math.ceil(texts.length / 2);
  await search(texts.slice(0, middle), findSecrets, found);
  await search(texts.slice(middle), findSecrets, found);
}

function* listBatches<K>(texts: ReadonlyMap<K, string>): Generator<Texts<K>> {
  let batch: (readonly [K, string])[] = [];
  let size = 0;
  for (const [key, text] of texts) {
    if (text === '') continue;
    if (size + text.length > BATCH && batch.length > 0) {
      yield batch;
      batch = [];
      size = 0;
    }
    batch.push([key, text]);
    size += text.length;
  }
  if (batch.length > 0) yield batch;
}

function toRisk(kinds: readonly string[] | undefined): Risk {
  if (kinds === undefined) return { rule: 'secrets', reason: 'it could not be searched for secrets' };
  const named = [...new Set(kinds)].slice(0, MAX_NAMED).map((kind) => toVisibleLine(kind, 60));
  return { rule: 'secrets', reason: `it holds what looks like a secret (${named.join(', ')})` };
}
