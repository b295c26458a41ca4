import type { ToolTable } from '../tool-table.js';

// `--sandbox` makes sed itself refuse to start a program or to read or write another file.
export const sed: ToolTable = {
  summary: 'Edits text by a script.',
  insert: ['--sandbox'],
  operands: ['sed-script', 'read'],
  options: {
    '-n, --quiet, --silent': 'none',
    '--debug': 'none',
    '-E, -r, --regexp-extended': 'none',
    '-s, --separate': 'none',
    '--sandbox': 'none',
    '-u, --unbuffered': 'none',
    '-z, --null-data, --zero-terminated': 'none',
    '-b, --binary': 'none',
    '-l, --line-length': 'text',
    '-e, --expression': { takes: 'sed-script', replacesFirstOperand: true },
    // The suffix may name another directory: `-i/tmp/*`.
    '-i, --in-place': { takes: 'write?', makes: 'operands-written' },
    // A script that nobody checked.
    '-f, --file': 'denied',
    // Write elsewhere; read the script in another way.
    '--follow-symlinks': 'denied',
    '--posix': 'denied',
    '--help': 'none',
    '--version': 'none',
  },
};
