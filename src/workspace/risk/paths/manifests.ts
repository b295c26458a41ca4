import type { PathRule } from '../path-rule.js';

/** Manifests as links, or what links lead to. Their changes are judged by content (`content/`), which a link has none of. */
export const manifests: PathRule = {
  rule: 'manifests',
  reason: 'it names scripts, dependencies or plugins by which tools run code',
  names: [
    'package.json',
    'composer.json',
    'pyproject.toml',
    'cargo.toml',
    'tsconfig.json',
    'jsconfig.json',
    'config',
  ],
};
