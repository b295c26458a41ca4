import type { CommandRuleInput } from '../../policy.js';

/** Makes files, sets times. */
export const touch: CommandRuleInput = {
  writesPaths: true,
  options: {
    '-d': 'text',
    '--date': 'text',
    '-t': 'text',
    '--time': 'text',
    '-r': 'path',
    '--reference': 'path',
  },
};
