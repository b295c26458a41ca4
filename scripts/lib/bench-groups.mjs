/** @typedef {import('../setup/all.mjs').Need} Need */

/** What the benchmark measures, in this order, and what each part needs. @type {Readonly<Record<string, readonly Need[]>>} */
export const BENCH_GROUPS = {
  activation: ['editor', 'browser'],
  policy: [],
  hunks: [],
  audit: [],
  reviews: [],
  apply: [],
  sessions: ['engine'],
  tools: ['engine'],
  kills: ['engine'],
  gateway: [],
  sizes: [],
};

/** Those whose name contains the text; all without one. @param {string | undefined} text */
export function chooseGroups(text) {
  const names = Object.keys(BENCH_GROUPS).filter((name) => text === undefined || name.includes(text));
  if (names.length > 0) return names;
  throw new Error(
    `Nothing is measured under the name ${text}. There are: ${Object.keys(BENCH_GROUPS).join(', ')}`,
  );
}

/** @param {readonly string[]} groups */
export function needsOf(groups) {
  return [...new Set(groups.flatMap((name) => BENCH_GROUPS[name] ?? []))];
}
