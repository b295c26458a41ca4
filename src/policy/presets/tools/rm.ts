import type { CommandRuleInput } from '../../policy.js';

/** Removes files of the copy. */
export const rm: CommandRuleInput = {
  writesPaths: true,
  forbiddenFlags: ['--no-preserve-root'],
};
