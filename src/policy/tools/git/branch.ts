import type { OptionMeaning, ToolTable } from '../../tool-table.js';

const writes: OptionMeaning = { takes: 'none', makes: 'writes' };
/** Lists instead of making: the operands are then patterns. */
const lists: OptionMeaning = { takes: 'none', replacesFirstOperand: true };
/** The value may be left out: then the next word counts as an operand here, and that is a pattern. */
const listsBy: OptionMeaning = { takes: 'text?', replacesFirstOperand: true };

const listing: NonNullable<ToolTable['options']> = {
  '-l, --list': lists,
  '--contains, --with': listsBy,
  '--no-contains, --without': listsBy,
  '--merged': listsBy,
  '--no-merged': listsBy,
  '--points-at': listsBy,
  '--sort': 'text',
  '--format': 'text',
  '--column': 'text?',
  '--no-column': 'none',
  '--color': 'text?',
  '--no-color': 'none',
  '-i, --ignore-case': 'none',
  '--no-ignore-case': 'none',
};

/** A name by itself makes a branch, which is a file; where nothing may be written, none can be named. */
export const branch: ToolTable = {
  summary: 'Lists, makes and removes branches.',
  options: {
    ...listing,
    '-v, --verbose': 'none',
    '-q, --quiet': 'none',
    '-a, --all': 'none',
    '-r, --remotes': 'none',
    '--show-current': 'none',
    '--abbrev': 'text?',
    '--no-abbrev': 'none',
    '-t, --track': { takes: 'text?', makes: 'writes' },
    '--no-track': writes,
    '-u, --set-upstream-to': { takes: 'text', makes: 'writes' },
    '--unset-upstream': writes,
    '-d, --delete': writes,
    '-D': writes,
    '-m, --move': writes,
    '-M': writes,
    '-c, --copy': writes,
    '-C': writes,
    '-f, --force': writes,
    '--create-reflog': writes,
    '--edit-description': 'denied',
    '--recurse-submodules': 'denied',
  },
  operands: ['write', 'text'],
};

/** As with branches, a name by itself makes a tag. */
export const tag: ToolTable = {
  summary: 'Lists, makes and removes tags.',
  options: {
    ...listing,
    '-n': { takes: 'text?', replacesFirstOperand: true },
    '-a, --annotate': writes,
    '-m, --message': { takes: 'text', makes: 'writes' },
    '-F, --file': { takes: 'read', makes: 'writes' },
    '--cleanup': 'text',
    '-f, --force': writes,
    '-d, --delete': writes,
    '--create-reflog': writes,
    '-e, --edit': 'denied',
    // These start gpg.
    '-s, --sign': 'denied',
    '--no-sign': 'none',
    '-u, --local-user': 'denied=',
    '-v, --verify': 'denied',
  },
  operands: ['write', 'text'],
};
