import type { CommandRuleInput } from '../../policy.js';

/** Counts lines, words and bytes. */
export const wc: CommandRuleInput = {
  options: {
    '--files0-from': 'path',
  },
};
