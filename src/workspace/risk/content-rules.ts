import { cargoToml } from './content/cargo-toml.js';
import { composerJson } from './content/composer-json.js';
import type { ContentRule } from './content/content.js';
import { gitConfig } from './content/git-config.js';
import { hiddenContent } from './content/hidden-content.js';
import { invisibleCharacters } from './content/invisible-characters.js';
import { mixedScripts } from './content/mixed-scripts.js';
import { packageJson } from './content/package-json.js';
import { programContent } from './content/program-content.js';
import { pyprojectToml } from './content/pyproject-toml.js';
import { typescriptConfig } from './content/typescript-config.js';
import { unreadableText } from './content/unreadable-text.js';

export const contentRules: readonly ContentRule[] = [
  packageJson,
  composerJson,
  pyprojectToml,
  cargoToml,
  typescriptConfig,
  gitConfig,
  programContent,
  unreadableText,
  invisibleCharacters,
  mixedScripts,
  hiddenContent,
];
