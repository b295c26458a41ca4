import type { CommandRuleInput } from '../../policy.js';

/** Sums up sizes. */
export const du: CommandRuleInput = {
  options: {
    '-d': 'text',
    '--max-depth': 'text',
    '-t': 'text',
    '--threshold': 'text',
    '--exclude': 'text',
    '-B': 'text',
    '--block-size': 'text',
    '-X': 'path',
    '--exclude-from': 'path',
    '--files0-from': 'path',
  },
};
