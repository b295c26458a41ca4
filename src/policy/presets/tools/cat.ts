import type { CommandRuleInput } from '../../policy.js';

/** Prints files. */
export const cat: CommandRuleInput = {};
