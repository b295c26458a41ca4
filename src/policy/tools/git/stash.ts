import type { ToolTable } from '../../tool-table.js';
import { diffOptions, plainPatches } from './diff-options.js';
import { log } from './log.js';

type Options = NonNullable<ToolTable['options']>;

const push: Options = {
  '-S, --staged': { takes: 'none', makes: 'writes' },
  '-k, --keep-index': { takes: 'none', makes: 'writes' },
  '--no-keep-index': { takes: 'none', makes: 'writes' },
  '-q, --quiet': { takes: 'none', makes: 'writes' },
  '-u, --include-untracked': { takes: 'none', makes: 'writes' },
  '--no-include-untracked': { takes: 'none', makes: 'writes' },
  '-a, --all': { takes: 'none', makes: 'writes' },
  '-m, --message': { takes: 'text', makes: 'writes' },
  // The names come from a file that nobody has looked into.
  '--pathspec-from-file': 'denied',
  '--pathspec-file-nul': { takes: 'none', makes: 'writes' },
  '-p, --patch': 'denied',
};

const restore: ToolTable = {
  summary: 'Brings stashed changes back.',
  options: { '--index': 'none', '-q, --quiet': 'none' },
  operands: ['text'],
  maxOperands: 1,
  writes: true,
};

export const stash: ToolTable = {
  summary: 'Puts changes aside.',
  // Without a sub-command it is `push`.
  leadingOptions: push,
  writes: true,
  subcommands: {
    list: { ...log, summary: 'Lists what is stashed.', operands: ['text'] },
    show: {
      summary: 'Shows what is stashed.',
      options: { ...diffOptions, '-u, --include-untracked': 'none', '--only-untracked': 'none' },
      operands: ['text'],
      maxOperands: 1,
      insert: plainPatches,
    },
    push: { summary: 'Puts changes aside.', options: push, operands: ['write'], writes: true },
    save: { summary: 'Puts changes aside.', options: push, operands: ['text'], writes: true },
    pop: restore,
    apply: restore,
    drop: { ...restore, summary: 'Forgets stashed changes.', options: { '-q, --quiet': 'none' } },
    clear: { summary: 'Forgets all stashed changes.', options: {}, operands: [], writes: true },
    branch: {
      ...restore,
      summary: 'Brings stashed changes back on a new branch.',
      options: {},
      maxOperands: 2,
    },
  },
};
