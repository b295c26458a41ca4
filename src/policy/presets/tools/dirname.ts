import type { CommandRuleInput } from '../../policy.js';

/** Cuts a path, as text. */
export const dirname: CommandRuleInput = {
  pathArguments: 'any',
};
