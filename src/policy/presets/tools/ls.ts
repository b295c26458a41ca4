import type { CommandRuleInput } from '../../policy.js';

/** Lists directories. */
export const ls: CommandRuleInput = {
  options: {
    '-I': 'text',
    '-w': 'text',
    '-T': 'text',
    '--ignore': 'text',
    '--hide': 'text',
    '--width': 'text',
  },
};
