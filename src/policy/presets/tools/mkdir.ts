import type { CommandRuleInput } from '../../policy.js';

/** Makes directories. */
export const mkdir: CommandRuleInput = {
  writesPaths: true,
  options: {
    '-m': 'text',
    '--mode': 'text',
  },
};
