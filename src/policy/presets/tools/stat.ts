import type { CommandRuleInput } from '../../policy.js';

/** Prints what the file system says of files. */
export const stat: CommandRuleInput = {
  options: {
    '-c': 'text',
    '--format': 'text',
    '--printf': 'text',
  },
};
