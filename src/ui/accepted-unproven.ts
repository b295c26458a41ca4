import type { GuaranteeResult, SelfTest } from '../session/guarantees/evaluate.js';

/** What the user goes without, by the runtime's name; whatever is no list of names accepts nothing. */
export function parseAccepted(value: unknown): Record<string, readonly string[]> {
  if (typeof value !== 'object' || value === null) return {};
  return Object.fromEntries(
    Object.entries(value).map(([runtime, ids]: [string, unknown]) => [
      runtime,
      Array.isArray(ids) ? ids.filter((id) => typeof id === 'string') : [],
    ]),
  );
}

/** What no proof was found for, each once, whichever user of the sandbox looked. */
export function listUnproven(selfTests: readonly SelfTest[]): readonly GuaranteeResult[] {
  const open = selfTests.flatMap(({ results }) => results.filter(({ status }) => status === 'not-provable'));
  return [...new Map(open.map((row) => [row.id, row])).values()];
}

/** The setting with more accepted for a runtime; nothing is taken out of it. */
export function addAccepted(
  accepted: Readonly<Record<string, readonly string[]>>,
  runtime: string,
  ids: readonly string[],
): Record<string, readonly string[]> {
  return { ...accepted, [runtime]: [...new Set([...(accepted[runtime] ?? []), ...ids])] };
}
