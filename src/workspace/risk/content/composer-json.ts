import type { ContentRule } from './content.js';
import { listChangedKeys } from './json-keys.js';

/** Composer's manifest, in all but the keys that describe it: scripts, plugins, what is loaded at every start. */
export const composerJson: ContentRule = {
  rule: 'composer-json',
  judge: ({ name, before, after }) => {
    if (name !== 'composer.json') return undefined;
    const changed = listChangedKeys(before, after);
    if (changed?.every((key) => HARMLESS.has(key)) === true && after !== undefined) return undefined;
    return { reason: 'it names dependencies, scripts or code that Composer fetches and runs' };
  },
};

const HARMLESS: ReadonlySet<string> = new Set([
  '$schema',
  'authors',
  'description',
  'funding',
  'homepage',
  'keywords',
  'license',
  'name',
  'readme',
  'support',
  'time',
  'version',
]);
