import type { ContentRule } from './content.js';
import { listChangedTomlKeys } from './toml-keys.js';

/** Python's manifest, in all but what describes the project or only formats it: back ends, dependencies, tools' plugins. */
export const pyprojectToml: ContentRule = {
  rule: 'pyproject-toml',
  judge: ({ name, before, after }) => {
    if (name !== 'pyproject.toml') return undefined;
    const changed = listChangedTomlKeys(before, after);
    if (changed?.every((key) => HARMLESS.test(key)) === true && after !== undefined) return undefined;
    return {
      reason: 'it names build tools, dependencies or plugins that are fetched and run',
    };
  },
};

const HARMLESS =
  /^(?:project\.(?:name|version|description|readme|license|license-files|authors|maintainers|keywords|classifiers|requires-python|)|project\.urls\..*|tool\.(?:black|isort|codespell|ruff(?:\.[\w.-]+)?)\.[\w-]*)$/;
