import type { CommandRuleInput } from '../../policy.js';

/** Prints the beginning of files. */
export const head: CommandRuleInput = {
  options: {
    '-n': 'text',
    '-c': 'text',
    '--lines': 'text',
    '--bytes': 'text',
  },
};
