import type { CommandRuleInput } from '../../policy.js';

/** Compares files; no pager (`-l` starts pr). */
export const diff: CommandRuleInput = {
  forbiddenFlags: ['-l', '--paginate'],
  options: {
    '-I': 'text',
    '--ignore-matching-lines': 'text',
    '-U': 'text',
    '-C': 'text',
    '-L': 'text',
    '--label': 'text',
    '-x': 'text',
    '--exclude': 'text',
    '-W': 'text',
    '--width': 'text',
    '-F': 'text',
    '--show-function-line': 'text',
    '--tabsize': 'text',
    '--palette': 'text',
    '-X': 'path',
    '--exclude-from': 'path',
    '--from-file': 'path',
    '--to-file': 'path',
    '-S': 'path',
    '--starting-file': 'path',
  },
};
