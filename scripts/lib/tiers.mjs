import { fromRoot } from './paths.mjs';

/**
 * @typedef {import('../setup/all.mjs').Need} Need
 * @typedef {{name: string, needs: Need[], vsix: boolean, args: string[], timeoutMs: number}} Tier
 */

const MINUTE = 60_000;

/** Every test tier, quickest first. Each is a program that writes its totals to AIRLOCK_RESULT_FILE. @type {readonly Tier[]} */
export const TIERS = [
  mochaTier('unit', ['tools'], false, 20 * MINUTE),
  mochaTier('engine', ['tools', 'engine'], false, 25 * MINUTE),
  {
    name: 'extension',
    needs: ['engine', 'editor', 'browser'],
    vsix: false,
    args: [fromRoot('scripts', 'test-extension-host.mjs')],
    timeoutMs: 8 * MINUTE,
  },
  mochaTier('e2e', ['engine', 'editor', 'browser'], true, 15 * MINUTE),
];

/** @param {string} name @param {Need[]} needs @param {boolean} vsix @param {number} timeoutMs @returns {Tier} */
function mochaTier(name, needs, vsix, timeoutMs) {
  const args = [fromRoot('scripts', 'test-mocha.mjs'), fromRoot('out', 'test', name)];
  return { name, needs, vsix, args, timeoutMs };
}
