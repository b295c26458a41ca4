import type { CommandRuleInput } from '../../policy.js';

/** Prints its arguments. */
export const echo: CommandRuleInput = {
  pathArguments: 'any',
};
