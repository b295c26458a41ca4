import type { CommandRuleInput } from '../../policy.js';

/** Fails. */
export const falseTool: CommandRuleInput = {
  pathArguments: 'any',
};
