import type { CommandRuleInput } from '../../policy.js';

/** Compares two files byte by byte. */
export const cmp: CommandRuleInput = {
  options: {
    '-n': 'text',
    '--bytes': 'text',
    '-i': 'text',
    '--ignore-initial': 'text',
  },
};
