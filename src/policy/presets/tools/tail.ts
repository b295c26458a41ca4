import type { CommandRuleInput } from '../../policy.js';

/** Prints the end of files; never waits for more. */
export const tail: CommandRuleInput = {
  forbiddenFlags: ['-f', '-F', '--follow', '--retry'],
  options: {
    '-n': 'text',
    '-c': 'text',
    '--lines': 'text',
    '--bytes': 'text',
  },
};
