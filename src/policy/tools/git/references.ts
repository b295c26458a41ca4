import type { ToolTable } from '../../tool-table.js';

export const revParse: ToolTable = {
  summary: 'Tells of revisions and of the repository.',
  // What it does not know it prints, so no spelling here is shortened.
  abbreviations: false,
  options: {
    '--abbrev-ref': 'text?',
    '--short': 'text?',
    '--verify': 'none',
    '-q, --quiet': 'none',
    '--symbolic': 'none',
    '--symbolic-full-name': 'none',
    '--all': 'none',
    '--branches': 'text?',
    '--tags': 'text?',
    '--remotes': 'text?',
    '--glob': 'text?',
    '--exclude': 'text?',
    '--disambiguate': 'text?',
    '--since': 'text?',
    '--after': 'text?',
    '--until': 'text?',
    '--before': 'text?',
    '--not': 'none',
    '--default': 'text',
    '--revs-only': 'none',
    '--no-revs': 'none',
    '--flags': 'none',
    '--no-flags': 'none',
    '--sq': 'none',
    '--show-toplevel': 'none',
    '--show-prefix': 'none',
    '--show-cdup': 'none',
    '--git-dir': 'none',
    '--absolute-git-dir': 'none',
    '--git-common-dir': 'none',
    '--git-path': 'text',
    '--path-format': 'text?',
    '--is-inside-work-tree': 'none',
    '--is-inside-git-dir': 'none',
    '--is-bare-repository': 'none',
    '--is-shallow-repository': 'none',
    '--show-object-format': 'text?',
    '--local-env-vars': 'none',
    '--end-of-options': 'none',
  },
  operands: ['text'],
};

export const describe: ToolTable = {
  summary: 'Names a commit by the nearest tag.',
  options: {
    '--contains': 'none',
    '--debug': 'none',
    '--all': 'none',
    '--tags': 'none',
    '--long': 'none',
    '--first-parent': 'none',
    '--abbrev': 'text?',
    '--no-abbrev': 'none',
    '--exact-match': 'none',
    '--candidates': 'text',
    '--match': 'text',
    '--exclude': 'text',
    '--always': 'none',
    // It refreshes the index on disk.
    '--dirty': { takes: 'text?', makes: 'writes' },
    // It starts git in every submodule.
    '--broken': 'denied',
  },
  operands: ['text'],
};

export const mergeBase: ToolTable = {
  summary: 'Finds common ancestors.',
  options: {
    '-a, --all': 'none',
    '--octopus': 'none',
    '--independent': 'none',
    '--is-ancestor': 'none',
    '--fork-point': 'none',
  },
  operands: ['text'],
};

export const nameRev: ToolTable = {
  summary: 'Names commits by references.',
  options: {
    '--name-only': 'none',
    '--tags': 'none',
    '--refs': 'text',
    '--exclude': 'text',
    '--all': 'none',
    '--stdin': 'none',
    '--annotate-stdin': 'none',
    '--undefined': 'none',
    '--no-undefined': 'none',
    '--always': 'none',
  },
  operands: ['text'],
};

export const forEachRef: ToolTable = {
  summary: 'Lists references.',
  options: {
    '-s, --shell': 'none',
    '-p, --perl': 'none',
    '--python': 'none',
    '--tcl': 'none',
    '--count': 'text',
    '--format': 'text',
    '--color': 'text?',
    '--sort': 'text',
    '--points-at': 'text?',
    '--merged': 'text?',
    '--no-merged': 'text?',
    '--contains': 'text?',
    '--no-contains': 'text?',
    '--ignore-case': 'none',
  },
  operands: ['text'],
};

export const showRef: ToolTable = {
  summary: 'Lists references.',
  options: {
    '--tags': 'none',
    '--heads': 'none',
    '--verify': 'none',
    '--head': 'none',
    '-d, --dereference': 'none',
    '-s, --hash': 'text?',
    '--abbrev': 'text?',
    '-q, --quiet': 'none',
    '--exclude-existing': 'text?',
  },
  operands: ['text'],
};

/** Only read: with a second name it would be set. */
export const symbolicRef: ToolTable = {
  summary: 'Tells what HEAD is.',
  options: {
    '-q, --quiet': 'none',
    '--short': 'none',
    '--recurse': 'none',
    '--no-recurse': 'none',
    '-d, --delete': 'denied',
    '-m': 'denied=',
  },
  operands: ['text'],
  maxOperands: 1,
};
