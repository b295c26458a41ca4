import { readFile, writeFile } from 'node:fs/promises';

/** @typedef {{passes: number, failures: number}} TierResult */

/** Hands a tier's totals to scripts/test.mjs, which names the file. @param {TierResult} result */
export async function writeResult(result) {
  const file = process.env.AIRLOCK_RESULT_FILE;
  if (file) await writeFile(file, JSON.stringify(result));
}

/** @param {string} file @returns {Promise<TierResult | undefined>} */
export async function readResult(file) {
  const text = await readFile(file, 'utf8').catch(() => undefined);
  return text === undefined ? undefined : parseResult(text);
}

/** @param {string} text @returns {TierResult | undefined} */
export function parseResult(text) {
  /** @type {unknown} */
  let value;
  try {
    value = JSON.parse(text);
  } catch {
    // Cut off in the middle: the tier crashed, and its caller says so.
    return undefined;
  }
  if (typeof value !== 'object' || value === null || !('passes' in value) || !('failures' in value))
    return undefined;
  const { passes, failures } = value;
  return typeof passes === 'number' && typeof failures === 'number' ? { passes, failures } : undefined;
}
