import type { CommandRuleInput } from '../../policy.js';

/** Prints the working directory. */
export const pwd: CommandRuleInput = {};
