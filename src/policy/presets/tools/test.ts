import type { CommandRuleInput } from '../../policy.js';

/** Tests files and strings. */
export const test: CommandRuleInput = {
  style: 'whole',
};
