import type { ToolTable } from '../../tool-table.js';
import { diffOptions, plainPatches, plainSubmodules } from './diff-options.js';

const insert = [...plainPatches, plainSubmodules];

/** Two paths outside a repository would be compared as plain files: so operands are paths of the workspace. */
export const diff: ToolTable = {
  summary: 'Shows changes.',
  options: {
    ...diffOptions,
    '-q': 'none',
    '--cached, --staged': 'none',
    '--merge-base': 'none',
    '-0': 'none',
    '-1, --base': 'none',
    '-2, --ours': 'none',
    '-3, --theirs': 'none',
    '-c': 'none',
    '--cc': 'none',
    '-m': 'none',
    '-t': 'none',
    '-r': 'none',
    '--combined-all-paths': 'none',
    '--no-index': 'denied',
    '--diff-merges': 'denied=',
    '--remerge-diff': 'denied',
  },
  operands: ['read'],
  insert,
};

export const diffIndex: ToolTable = {
  summary: 'Compares a tree with the index or the files.',
  options: {
    ...diffOptions,
    '--cached': 'none',
    '-m': 'none',
    '--merge-base': 'none',
    '-r': 'none',
    '-c': 'none',
    '--cc': 'none',
  },
  operands: ['read'],
  insert,
};

export const diffFiles: ToolTable = {
  summary: 'Compares the files with the index.',
  options: {
    ...diffOptions,
    '-q': 'none',
    '-0': 'none',
    '-1': 'none',
    '-2': 'none',
    '-3': 'none',
    '-c': 'none',
    '--cc': 'none',
  },
  operands: ['read'],
  insert,
};

export const diffTree: ToolTable = {
  summary: 'Compares trees.',
  options: {
    ...diffOptions,
    '-r': 'none',
    '-t': 'none',
    '-m': 'none',
    '-c': 'none',
    '--cc': 'none',
    '-v': 'none',
    '--root': 'none',
    '--pretty': 'text?',
    '--format': 'text?',
    '--no-commit-id': 'none',
    '--always': 'none',
    '--merge-base': 'none',
    '--combined-all-paths': 'none',
    '--diff-merges': 'denied=',
    '--remerge-diff': 'denied',
    '--show-signature': 'denied',
  },
  operands: ['read'],
  insert: plainPatches,
};
