import { resolve } from 'node:path';
import { type ParseArgsConfig, parseArgs } from 'node:util';
import { errors } from '../../base/errors.js';
import { readArguments } from '../arguments.js';
import type { ReviewCommandName } from './usage.js';

export interface CommonOptions {
  /** The beginning of a session's id. */
  readonly session: string | undefined;
  /** Absolute. */
  readonly workspace: string | undefined;
  readonly stateDir: string | undefined;
  readonly json: boolean;
}

/** Which changes are meant, as they were named. */
export interface Named {
  readonly paths: readonly string[];
  readonly all: boolean;
  /** The beginnings of hunks' ids. */
  readonly hunks: readonly string[];
}

export type ReviewOptions = CommonOptions &
  (
    | { readonly kind: 'changes'; readonly paths: readonly string[]; readonly hunks: boolean }
    | {
        readonly kind: 'diff';
        readonly paths: readonly string[];
        readonly hunks: boolean;
        readonly binary: boolean;
      }
    | ({ readonly kind: 'approve'; readonly none: boolean; readonly protected: boolean } & Named)
    | ({ readonly kind: 'reject' } & Named)
    | { readonly kind: 'apply'; readonly overwrite: readonly string[] }
    | {
        readonly kind: 'undo';
        /** The beginning of an apply's id. */
        readonly id: string | undefined;
        readonly list: boolean;
        readonly skipEdited: boolean;
      }
  );

export type OptionsOf<Kind extends ReviewOptions['kind']> = Extract<ReviewOptions, { kind: Kind }>;

const common = {
  session: { type: 'string' },
  workspace: { type: 'string' },
  'state-dir': { type: 'string' },
  json: { type: 'boolean' },
} as const;

const flag = { type: 'boolean' } as const;
const many = { type: 'string', multiple: true } as const;

/** Reads the arguments of a review command. Throws a `usage` error. */
export function parseReviewOptions(kind: ReviewCommandName, argv: readonly string[]): ReviewOptions {
  switch (kind) {
    case 'changes': {
      const { values, positionals: paths } = parse(argv, { ...common, hunks: flag });
      return { kind, ...commonOf(values), paths, hunks: values.hunks ?? false };
    }
    case 'diff': {
      const { values, positionals: paths } = parse(argv, { ...common, hunks: flag, binary: flag });
      const { hunks = false, binary = false } = values;
      return { kind, ...commonOf(values), paths, hunks, binary };
    }
    case 'approve': {
      const options = { ...common, all: flag, hunk: many, none: flag, protected: flag };
      const { values, positionals } = parse(argv, options);
      const { none = false, protected: guarded = false } = values;
      if (none && guarded) throw errors.usage('--none and --protected do not go together.');
      const named = namedOf(kind, positionals, values);
      if (guarded && named.hunks.length > 0)
        throw errors.usage('--protected is for --all and folders; give the PATH of the hunk instead.');
      return { kind, ...commonOf(values), ...named, none, protected: guarded };
    }
    case 'reject': {
      const { values, positionals } = parse(argv, { ...common, all: flag, hunk: many });
      return { kind, ...commonOf(values), ...namedOf(kind, positionals, values) };
    }
    case 'apply': {
      const { values, positionals } = parse(argv, { ...common, overwrite: many });
      if (positionals.length > 0)
        throw errors.usage(
          '`airlock apply` takes no PATH: it writes what is approved (`airlock approve PATH…`).',
        );
      return { kind, ...commonOf(values), overwrite: values.overwrite ?? [] };
    }
    case 'undo': {
      const { values, positionals } = parse(argv, { ...common, list: flag, 'skip-edited': flag });
      const [id, ...others] = positionals;
      if (others.length > 0) throw errors.usage('`airlock undo` takes back one apply at a time.');
      const skipEdited = values['skip-edited'] ?? false;
      return { kind, ...commonOf(values), id, list: values.list ?? false, skipEdited };
    }
  }
}

function parse<T extends NonNullable<ParseArgsConfig['options']>>(argv: readonly string[], options: T) {
  return readArguments(() => parseArgs({ args: [...argv], options, allowPositionals: true }));
}

interface CommonValues {
  readonly session?: string | undefined;
  readonly workspace?: string | undefined;
  readonly 'state-dir'?: string | undefined;
  readonly json?: boolean | undefined;
}

function commonOf(values: CommonValues): CommonOptions {
  const { session, workspace } = values;
  if (session !== undefined && !/^[0-9a-f]{1,12}$/.test(session))
    throw errors.usage('--session is the id of a session, or its beginning: up to 12 hexadecimal digits.');
  return {
    session,
    workspace: workspace === undefined ? undefined : resolve(workspace),
    stateDir: values['state-dir'],
    json: values.json ?? false,
  };
}

function namedOf(
  command: string,
  paths: readonly string[],
  { all = false, hunk: hunks = [] }: { all?: boolean | undefined; hunk?: readonly string[] | undefined },
): Named {
  if (!all && paths.length === 0 && hunks.length === 0)
    throw errors.usage(`Say what to ${command}: PATH…, --all, or --hunk ID.`);
  if (all && (paths.length > 0 || hunks.length > 0))
    throw errors.usage('--all stands alone, without PATH or --hunk.');
  for (const hunk of hunks)
    if (!/^[0-9a-f]{4,32}$/.test(hunk))
      throw errors.usage('--hunk is the id of a hunk, or its first 4 or more hexadecimal digits.');
  return { paths, all, hunks };
}
