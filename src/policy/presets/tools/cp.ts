import type { CommandRuleInput } from '../../policy.js';

/** Copies files. */
export const cp: CommandRuleInput = {
  writesPaths: true,
  options: {
    '-S': 'text',
    '--suffix': 'text',
    '-t': 'path',
    '--target-directory': 'path',
  },
};
