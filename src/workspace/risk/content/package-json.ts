import type { ContentRule } from './content.js';
import { listChangedKeys } from './json-keys.js';

/** A package's manifest, in all but the keys that describe it: scripts, dependencies, and settings of tools run code. */
export const packageJson: ContentRule = {
  rule: 'package-json',
  judge: ({ name, before, after }) => {
    if (name !== 'package.json' && name !== 'package.json5' && name !== 'package.yaml') return undefined;
    const changed = listChangedKeys(before, after);
    if (changed?.every((key) => HARMLESS.has(key)) === true && after !== undefined) return undefined;
    return {
      reason: 'it names scripts, dependencies or settings by which package managers and tools run code',
    };
  },
};

const HARMLESS: ReadonlySet<string> = new Set([
  '$schema',
  'activationEvents',
  'author',
  'badges',
  'browser',
  'browserslist',
  'bugs',
  'capabilities',
  'categories',
  'contributes',
  'contributors',
  'cpu',
  'description',
  'displayName',
  'engines',
  'exports',
  'extensionKind',
  'files',
  'funding',
  'galleryBanner',
  'homepage',
  'icon',
  'jsdelivr',
  'keywords',
  'license',
  'licenses',
  'main',
  'maintainers',
  'module',
  'name',
  'os',
  'preview',
  'private',
  'publisher',
  'repository',
  'sideEffects',
  'sponsor',
  'type',
  'types',
  'typesVersions',
  'typings',
  'unpkg',
  'version',
]);
