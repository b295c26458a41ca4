import type { CommandRuleInput } from '../../policy.js';

/** Succeeds. */
export const trueTool: CommandRuleInput = {
  pathArguments: 'any',
};
