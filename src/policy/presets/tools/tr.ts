import type { CommandRuleInput } from '../../policy.js';

/** Maps characters of its input. */
export const tr: CommandRuleInput = {
  pathArguments: 'any',
};
