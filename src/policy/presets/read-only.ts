import type { PolicyInput } from '../policy.js';
import { protectedFiles } from './protected-files.js';
import { gitReadOnly } from './tools/git-read-only.js';
import { knownTools } from './tools/index.js';

const readers = [
  'basename',
  'cat',
  'cmp',
  'cut',
  'date',
  'diff',
  'dirname',
  'du',
  'echo',
  'false',
  'file',
  'find',
  'grep',
  'head',
  'ls',
  'printf',
  'pwd',
  'realpath',
  'rg',
  'sha256sum',
  'sort',
  'stat',
  'tail',
  'test',
  'tr',
  'true',
  'uniq',
  'wc',
];

/** Reads the workspace; nothing here writes, starts a program or changes git's state. */
export const readOnly: PolicyInput = {
  version: 1,
  name: 'read-only',
  files: { read: {}, write: { allowed: false, denied: protectedFiles } },
  commands: {
    git: gitReadOnly,
    ...Object.fromEntries(Object.entries(knownTools).filter(([name]) => readers.includes(name))),
  },
};
