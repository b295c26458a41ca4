import type { ToolTable } from '../tool-table.js';
import { awk } from './awk.js';

export const gawk: ToolTable = {
  ...awk,
  summary: 'Computes on text by a program.',
  options: {
    ...awk.options,
    '-b, --characters-as-bytes': 'none',
    '-c, --traditional': 'none',
    '-C, --copyright': 'none',
    '-h': 'none',
    '-I, --trace': 'none',
    '-M, --bignum': 'none',
    '-n, --non-decimal-data': 'none',
    '-N, --use-lc-numeric': 'none',
    '-O, --optimize': 'none',
    '-P, --posix': 'none',
    '-r, --re-interval': 'none',
    '-s, --no-optimize': 'none',
    '-S, --sandbox': 'none',
    '-t, --lint-old': 'none',
    '-V': 'none',
    '-k, --csv': 'none',
    '-g, --gen-pot': 'none',
    '-L, --lint': 'text?',
    '-e, --source': { takes: 'awk-program', replacesFirstOperand: true },
  },
};
