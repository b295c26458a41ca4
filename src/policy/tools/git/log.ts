import type { ToolTable } from '../../tool-table.js';
import { diffOptions, plainPatches } from './diff-options.js';
import { revisionOptions } from './revision-options.js';

const logOptions: NonNullable<ToolTable['options']> = {
  ...revisionOptions,
  ...diffOptions,
  '-q, --quiet': 'none',
  '--source': 'none',
  '--mailmap, --use-mailmap': 'none',
  '--no-mailmap, --no-use-mailmap': 'none',
  '--clear-decorations': 'none',
  '--decorate-refs': 'text',
  '--decorate-refs-exclude': 'text',
  '--decorate': 'text?',
  '--no-decorate': 'none',
  '-L': 'text',
  '--follow': 'none',
  '--full-diff': 'none',
  '--log-size': 'none',
  '-c': 'none',
  '--cc': 'none',
  '-m': 'none',
  '-t': 'none',
  '-r': 'none',
  '--no-diff-merges': 'none',
  '--combined-all-paths': 'none',
  '--root': 'none',
};

/** Operands are revisions and paths alike; a revision has the form of a path in the workspace. */
export const log: ToolTable = {
  summary: 'Shows the history.',
  options: logOptions,
  operands: ['read'],
  numberOption: true,
  insert: plainPatches,
};

export const show: ToolTable = { ...log, summary: 'Shows commits and files of the history.' };

export const formatPatch: ToolTable = {
  ...log,
  summary: 'Writes commits as patches.',
  options: {
    ...logOptions,
    '--stdout': 'none',
    '-o, --output-directory': 'write',
    '-N, --no-numbered': 'none',
    '-k, --keep-subject': 'none',
    '--cover-letter, --no-cover-letter': 'none',
    '--start-number': 'text',
    '--subject-prefix': 'text',
    '--no-stat': 'none',
  },
  writes: true,
};

export const rangeDiff: ToolTable = {
  ...log,
  summary: 'Compares two versions of a branch.',
  options: { ...logOptions, '--creation-factor': 'text', '--no-dual-color': 'none' },
};

export const notes: ToolTable = {
  summary: 'Shows notes on commits.',
  subcommands: { list: { summary: 'Lists notes.', options: {}, operands: ['text'], maxOperands: 1 } },
};

export const help: ToolTable = {
  summary: 'Lists commands and guides. A page of a manual would start a viewer.',
  options: { '-a, --all': 'none', '-g, --guides': 'none', '--no-verbose': 'none' },
  operands: [],
};

export const cherry: ToolTable = {
  summary: 'Shows which commits another branch does not have.',
  options: { '-v, --verbose': 'none', '--abbrev': 'text?' },
  operands: ['read'],
};

export const reflog: ToolTable = {
  summary: 'Shows where references pointed.',
  leadingOptions: logOptions,
  numberOption: true,
  insert: plainPatches,
  subcommands: {
    show: log,
    exists: {
      summary: 'Says whether a reference has a log.',
      options: {},
      operands: ['text'],
      maxOperands: 1,
    },
  },
};

export const shortlog: ToolTable = {
  summary: 'Counts and groups commits.',
  options: {
    ...revisionOptions,
    '-c, --committer': 'none',
    '-n, --numbered': 'none',
    '--max-count': 'text',
    '-s, --summary': 'none',
    '-e, --email': 'none',
    '-w': 'text?',
    '--group': 'text',
  },
  operands: ['read'],
};

export const revList: ToolTable = {
  summary: 'Lists commits.',
  options: {
    ...revisionOptions,
    '--count': 'none',
    '--header': 'none',
    '--timestamp': 'none',
    '--quiet': 'none',
    '--objects': 'none',
    '--objects-edge': 'none',
    '--no-object-names': 'none',
    '--object-names': 'none',
    '--unpacked': 'none',
    '--disk-usage': 'text?',
    '--no-commit-header': 'none',
    '--commit-header': 'none',
    '--bisect-vars': 'none',
    '--bisect-all': 'none',
    '--use-bitmap-index': 'none',
    '--in-commit-order': 'none',
  },
  operands: ['read'],
  numberOption: true,
};
