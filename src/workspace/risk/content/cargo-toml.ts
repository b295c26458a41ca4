import type { ContentRule } from './content.js';
import { listChangedTomlKeys } from './toml-keys.js';

/** Cargo's manifest, in all but what describes the package: dependencies, their sources and build scripts run on a build. */
export const cargoToml: ContentRule = {
  rule: 'cargo-toml',
  judge: ({ name, before, after }) => {
    if (name !== 'cargo.toml') return undefined;
    const changed = listChangedTomlKeys(before, after);
    if (changed?.every((key) => HARMLESS.test(key)) === true && after !== undefined) return undefined;
    return { reason: 'it names dependencies or build scripts that the next build fetches and runs' };
  },
};

const HARMLESS =
  /^(?:package\.(?:name|version|description|authors|license|license-file|keywords|categories|readme|repository|homepage|documentation|edition|rust-version|include|exclude|publish|)|lints\.[\w-]+\.[\w-]*)$/;
