import type { CommandRuleInput } from '../../policy.js';

/** Resolves paths. */
export const realpath: CommandRuleInput = {
  options: {
    '--relative-to': 'path',
    '--relative-base': 'path',
  },
};
