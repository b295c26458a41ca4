import type { CommandRuleInput } from '../../policy.js';

/** Prints its arguments by a format. */
export const printf: CommandRuleInput = {
  pathArguments: 'any',
};
