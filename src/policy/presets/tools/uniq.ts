import type { CommandRuleInput } from '../../policy.js';

/** Drops repeated lines; the second operand would be an output file. */
export const uniq: CommandRuleInput = {
  maxOperands: 1,
  options: {
    '-f': 'text',
    '-s': 'text',
    '-w': 'text',
    '--skip-fields': 'text',
    '--skip-chars': 'text',
    '--check-chars': 'text',
  },
};
