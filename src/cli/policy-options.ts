import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { errors } from '../base/errors.js';
import { type PresetName, presetNames } from '../policy/presets/index.js';
import { readArguments } from './arguments.js';

export const policyUsage = `airlock policy explain [--preset P] [--policy FILE] (--command TEXT | --stdin)
airlock policy lint [--preset P] FILE
airlock policy review [--last N] [--markdown] [--preset P] [--workspace DIR] [--state-dir DIR]

  --preset read-only|developer|unrestricted-in-sandbox   the policy to ask (default developer)
  --policy FILE    a policy instead: whole, as a list of tools, or a workspace's part, which tightens the preset
  --command TEXT   explains one command line
  --stdin          one JSON object a line, {"command"} or {"argv","env","cwd"}; one decision a line comes out
  --last N         sessions to look at (default 10)
  --markdown       for a document`;

export type PolicyOptions =
  | ({ readonly kind: 'explain' } & PolicySource & { readonly command: string | undefined })
  | { readonly kind: 'lint'; readonly preset: PresetName; readonly file: string }
  | {
      readonly kind: 'review';
      readonly preset: PresetName;
      readonly last: number;
      readonly markdown: boolean;
      readonly workspace: string | undefined;
      readonly stateDir: string | undefined;
    };

export interface PolicySource {
  readonly preset: PresetName;
  readonly policy: string | undefined;
}

const options = {
  explain: {
    preset: { type: 'string' },
    policy: { type: 'string' },
    command: { type: 'string' },
    stdin: { type: 'boolean' },
  },
  lint: { preset: { type: 'string' } },
  review: {
    preset: { type: 'string' },
    last: { type: 'string' },
    markdown: { type: 'boolean' },
    workspace: { type: 'string' },
    'state-dir': { type: 'string' },
  },
} as const;

/** Reads the arguments of `airlock policy`. Throws a `usage` error. */
export function parsePolicyOptions([action, ...args]: readonly string[]): PolicyOptions {
  switch (action) {
    case 'explain': {
      const { values } = readArguments(() => parseArgs({ args, options: options.explain }));
      if ((values.command === undefined) === (values.stdin !== true))
        throw errors.usage('Give either --command TEXT or --stdin.');
      const { policy, command } = values;
      return { kind: 'explain', preset: presetOf(values.preset), policy, command };
    }
    case 'lint': {
      const { values, positionals } = readArguments(() =>
        parseArgs({ args, options: options.lint, allowPositionals: true }),
      );
      const [file, ...others] = positionals;
      if (file === undefined || others.length > 0) throw errors.usage('Name one policy file.');
      return { kind: 'lint', preset: presetOf(values.preset), file };
    }
    case 'review': {
      const { values } = readArguments(() => parseArgs({ args, options: options.review }));
      return {
        kind: 'review',
        preset: presetOf(values.preset),
        last: countOf(values.last ?? '10'),
        markdown: values.markdown ?? false,
        workspace: values.workspace === undefined ? undefined : resolve(values.workspace),
        stateDir: values['state-dir'],
      };
    }
    default:
      throw errors.usage('`airlock policy` is followed by explain, lint or review.');
  }
}

function presetOf(value = 'developer'): PresetName {
  const found = presetNames.find((name) => name === value);
  if (found === undefined) throw errors.usage(`--preset must be one of ${presetNames.join(', ')}.`);
  return found;
}

function countOf(text: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && value >= 1 && value <= 1000) return value;
  throw errors.usage('--last must be a whole number from 1 to 1000.');
}
