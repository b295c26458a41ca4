import type { CommandRuleInput } from '../../policy.js';

/** Prints the time; never sets it. */
export const date: CommandRuleInput = {
  forbiddenFlags: ['-s', '--set'],
  options: {
    '-d': 'text',
    '--date': 'text',
    '-f': 'path',
    '--file': 'path',
    '-r': 'path',
    '--reference': 'path',
  },
};
