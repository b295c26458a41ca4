import type { ToolTable } from '../../tool-table.js';

type Options = NonNullable<ToolTable['options']>;

// The names come from a file that nobody has looked into.
const fromFile: Options = { '--pathspec-from-file': 'denied', '--pathspec-file-nul': 'none' };

export const add: ToolTable = {
  summary: 'Puts changes into the index.',
  options: {
    ...fromFile,
    '-n, --dry-run': 'none',
    '-v, --verbose': 'none',
    '-f, --force': 'none',
    '-u, --update': 'none',
    '--renormalize': 'none',
    '-N, --intent-to-add': 'none',
    '-A, --all, --no-ignore-removal': 'none',
    '--ignore-removal, --no-all': 'none',
    '--refresh': 'none',
    '--ignore-errors': 'none',
    '--ignore-missing': 'none',
    '--sparse': 'none',
    '--chmod': 'text',
    // They wait for a person.
    '-i, --interactive': 'denied',
    '-p, --patch': 'denied',
    '-e, --edit': 'denied',
  },
  operands: ['read'],
  writes: true,
};

export const remove: ToolTable = {
  summary: 'Removes files, also from the index.',
  options: {
    ...fromFile,
    '-n, --dry-run': 'none',
    '-q, --quiet': 'none',
    '--cached': 'none',
    '-f, --force': 'none',
    '-r': 'none',
    '--ignore-unmatch': 'none',
    '--sparse': 'none',
  },
  operands: ['write'],
  writes: true,
};

export const move: ToolTable = {
  summary: 'Moves files, also in the index.',
  options: {
    '-v, --verbose': 'none',
    '-n, --dry-run': 'none',
    '-f, --force': 'none',
    '-k': 'none',
    '--sparse': 'none',
  },
  operands: ['write'],
  writes: true,
};

export const clean: ToolTable = {
  summary: 'Removes files that git does not know.',
  options: {
    // The environment sets clean.requireForce: without `-f` nothing is removed.
    '-f, --force': { takes: 'none', makes: 'writes' },
    '-n, --dry-run': 'none',
    '-d': 'none',
    '-x': 'none',
    '-X': 'none',
    '-q, --quiet': 'none',
    '-e, --exclude': 'text',
    '-i, --interactive': 'denied',
  },
  operands: ['read'],
};

export const apply: ToolTable = {
  summary: 'Applies a patch.',
  options: {
    '--exclude': 'text',
    '--include': 'text',
    '-p': 'text',
    '--no-add': 'none',
    '--stat': 'none',
    '--numstat': 'none',
    '--summary': 'none',
    '--check': 'none',
    '--index': 'none',
    '-N, --intent-to-add': 'none',
    '--cached': 'none',
    '--apply': 'none',
    '-3, --3way': 'none',
    '-z': 'none',
    '-C': 'text',
    '--whitespace': 'text',
    '--ignore-space-change': 'none',
    '--ignore-whitespace': 'none',
    '-R, --reverse': 'none',
    '--unidiff-zero': 'none',
    '--reject': 'none',
    '--allow-overlap': 'none',
    '-v, --verbose': 'none',
    '-q, --quiet': 'none',
    '--inaccurate-eof': 'none',
    '--recount': 'none',
    '--directory': 'write',
    '--allow-empty': 'none',
    '--allow-binary-replacement, --binary': 'none',
    '--unsafe-paths': 'denied',
    '--build-fake-ancestor': 'denied=',
  },
  operands: ['read'],
  writes: true,
};

export const init: ToolTable = {
  summary: 'Makes a repository.',
  usesRepository: false,
  options: {
    '-q, --quiet': 'none',
    '--bare': 'none',
    '-b, --initial-branch': 'text',
    '--object-format': 'text',
    '--shared': 'denied?',
    // Hooks come with a template.
    '--template': 'denied=',
    '--separate-git-dir': 'denied=',
  },
  operands: ['write'],
  maxOperands: 1,
  writes: true,
};

export const archive: ToolTable = {
  summary: 'Packs a tree as tar, to its output.',
  options: {
    '-l, --list': 'none',
    '-v, --verbose': 'none',
    '--prefix': 'text',
    '--worktree-attributes': 'none',
    // A format can be a program of the repository's configuration, and the output's name chooses a format.
    '--format': { takes: 'text', pattern: /^(?:tar|zip)$/ },
    '-o, --output': 'denied=',
    '--add-file': 'denied=',
    '--remote': 'denied=',
    '--exec': 'denied=',
  },
  operands: ['read'],
};
