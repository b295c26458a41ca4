import { type ParseError, parse } from 'jsonc-parser';
import type { ContentRule } from './content.js';

/** A TypeScript configuration whose plugins or base change: the editor's language service loads plugins as code. */
export const typescriptConfig: ContentRule = {
  rule: 'typescript-config',
  judge: ({ name, before, after, change }) => {
    if (!/^[tj]sconfig(?:[.-][\w.-]+)?\.json$/.test(name) || change.after.kind === 'absent') return undefined;
    const later = after === undefined ? undefined : readSteering(after);
    const old = before === undefined ? NOTHING : readSteering(before);
    if (later !== undefined && (later === old || later === NOTHING)) return undefined;
    return {
      reason: 'it names plugins or another configuration, which the editor loads as code',
    };
  },
};

const NOTHING = '[]';

/** Both as text; undefined when the file cannot be read. */
function readSteering(text: string): string | undefined {
  const config = readConfig(text);
  if (!isObject(config)) return undefined;
  const { compilerOptions } = config;
  const plugins = isObject(compilerOptions) ? compilerOptions.plugins : undefined;
  const found = [config.extends, plugins].filter((value) => value !== undefined);
  return JSON.stringify(found);
}

function readConfig(text: string): unknown {
  const errors: ParseError[] = [];
  try {
    const config: unknown = parse(text, errors, { allowTrailingComma: true });
    return errors.length > 0 ? undefined : config;
  } catch (error) {
    if (error instanceof RangeError) return undefined; // Nested too deep for a parser that calls itself.
    throw error;
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
